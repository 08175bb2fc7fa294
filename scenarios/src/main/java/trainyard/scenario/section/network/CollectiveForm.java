package trainyard.scenario.section.network;

/** How the time of an exchange between GPUs is found. */
public enum CollectiveForm {
    /** By formula, with NCCL's choice of algorithm and protocol; groups share ports by equal parts. */
    ANALYTIC,
    /** By sending every message over the links of the topology, where all groups of a node contend. */
    FLOW
}
