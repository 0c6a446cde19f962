/** Review: rounds of signatures over exactly what was submitted, and comments on it. docs/REVIEW.md says what is signed. */
export { approvedPiece, draftPiece, newestRound, type Piece } from './approved.ts';
export { returnStory, revokeApproval, signStage, withdrawStory } from './acts.ts';
export { addComment, listComments, resolveComment } from './comments.ts';
export {
  differencesTo,
  differsError,
  looksDamaged,
  presentPiece,
  rehashed,
  sha256Of,
  type PieceVideo,
  type PresentPiece,
} from './present.ts';
export { deskRounds, reviewInbox, reviewPiece, reviewStatus } from './status.ts';
export { submitStory } from './submit.ts';
