package trainyard.parallel.step.cost;

/** What a GPU is doing. At any instant of a step it is in exactly one of these states. */
public enum TimeState {
    /** Forward and backward kernels that the model needs. */
    COMPUTE("useful compute"),
    /** Forward kernels run again in the backward pass. */
    RECOMPUTE("recomputation"),
    /** Waiting for an exchange among tensor-parallel ranks. */
    TENSOR_COMMUNICATION("tensor communication"),
    /** Waiting for the ranks that hold other parts of the sequence. */
    CONTEXT_COMMUNICATION("context communication"),
    /** Waiting for tokens on their way to and from the ranks of their experts. */
    EXPERT_COMMUNICATION("expert communication"),
    /** Waiting for the slowest GPU of the job, which sets the pace of all. */
    SLOWEST_GPU("slowest GPU"),
    /** Waiting for a rank that is slower than the others: a slow GPU, another type of GPU, or more work by chance. */
    STRAGGLER_WAIT("straggler wait"),
    /** Sending or receiving activations between pipeline stages, not hidden by compute. */
    PIPELINE_COMMUNICATION("pipeline communication"),
    /** Waiting for gradients or parameters of the data-parallel ranks. */
    DATA_COMMUNICATION("data communication"),
    /** Making gradients smaller before replicas exchange them, and undoing it. */
    COMPRESSION("gradient compression"),
    /** Waiting for state on its way to or from the host's memory or drives. */
    HOST_TRANSFER("offload transfer"),
    /** Idle because another stage has not delivered. */
    BUBBLE("pipeline bubble"),
    /** Updating the parameters. */
    OPTIMIZER("optimizer");

    private final String label;

    TimeState(String label) {
        this.label = label;
    }

    /** Name for charts and tables. */
    public String label() {
        return label;
    }
}
