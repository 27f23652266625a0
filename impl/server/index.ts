/** The door of the room: whole servers, and clusters of them on one machine. */
export {
  type Address,
  addressText,
  type ConfigurationProblem,
  contactOf,
  parseAddress,
  type ReadConfiguration,
  readConfiguration,
  type ServerConfiguration,
} from "./configuration.ts";
export {
  clientUrl,
  LocalClusterError,
  type LocalNode,
  launchNode,
  localNodes,
  type NewCluster,
  pidOf,
  prepareCluster,
  prepareNode,
} from "./local-cluster.ts";
export { serverLogger } from "./logger.ts";
export { type StartProblem, startProblem } from "./problems.ts";
export { type Server, type ServerOptions, startServer } from "./server.ts";
