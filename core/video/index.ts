/** Video: what becomes of timelines. */
export { planRender, planStill } from './plan/index.ts';
