// Makes a clone ready to run. It uses nothing but Node.js, because it runs before anything is installed.

import { makeReady } from "./setup/ready.mjs";

makeReady();
