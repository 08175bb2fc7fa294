/**
 * Buddy cells (Zhao et al., HiveD, OSDI 2020): GPUs in cells within cells, from the GPU to the rack; virtual clusters of cells that are
 * guaranteed to teams, bound to cells of the cluster only while they are used, so that what a team leaves is there for opportunistic jobs.
 */
package trainyard.scheduler.cells;
