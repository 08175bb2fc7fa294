/**
 * How other simulators schedule, to the last quirk, so that their numbers can be reproduced from their own inputs. Nothing
 * here is used unless it is asked for by the name of the simulator.
 */
package trainyard.scheduler.peer;
