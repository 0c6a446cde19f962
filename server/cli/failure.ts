/** Errors as the command line says them, and the exit code each stands for. */
import { errorHint, errorMessage, type ErrorCode, type ErrorData, type Language } from '../../core/model/errors.ts';
import type { StudioError } from '../../core/model/errors.ts';
import type { Answer, Explained } from './answers.ts';

/** Exit 2: the command was written wrongly, or names a file that is missing or cannot be read as a file. */
const WRONG: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'wrong_arguments',
  'bad_input',
  'file_missing',
  'file_unreadable',
]);

/** 2 wrong arguments, 1 understood but refused or failed. */
export function exitCodeOf(error: StudioError): 1 | 2 {
  return WRONG.has(error.code) ? 2 : 1;
}

export function explain(data: Pick<ErrorData, 'code' | 'params'>, language: Language): Explained {
  return {
    code: data.code,
    message: errorMessage(data.code, data.params, language),
    hint: errorHint(data.code, data.params, language),
  };
}

/** The `--json` form of an error. */
export function errorAnswerOf(error: StudioError, language: Language): Answer<'error'> {
  return {
    error: {
      ...explain(error, language),
      ...(error.files ? { files: error.files } : {}),
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  };
}
