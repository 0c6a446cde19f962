import { WAYS } from './peers.ts';
import { contractSuite } from './suite.ts';

for (const [name, way] of Object.entries(WAYS)) contractSuite(name, way);
