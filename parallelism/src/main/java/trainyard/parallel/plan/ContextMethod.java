package trainyard.parallel.plan;

/** How attention sees the whole sequence when context-parallel ranks each hold a part of it. */
public enum ContextMethod {
    /** Keys and values go round the ranks, each part beside the attention to the part before (Liu et al. 2023). */
    RING,
    /** Keys and values are gathered before attention (Grattafiori et al. 2024, section 3.3.2). */
    ALL_GATHER,
    /** An all-to-all gives every rank some heads of the whole sequence, another one undoes it (Jacobs et al. 2023). */
    ULYSSES
}
