/**
 * The suite {@code collectives}: measured times and bandwidths of collectives, as nccl-tests prints them. {@link
 * trainyard.scenario.verify.collectives.CollectivesSuite} scores a row; {@link
 * trainyard.scenario.verify.collectives.RowCluster} names the hardware it ran on, {@link
 * trainyard.scenario.verify.collectives.RowOptions} what NCCL was told to use. Nothing is fitted to the rows.
 */
package trainyard.scenario.verify.collectives;
