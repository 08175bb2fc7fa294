/** Statistics of failure traces, computed anew from the traces themselves: {@code TraceCatalog} has those of each trace. */
package trainyard.scenario.verify.faults.trace;
