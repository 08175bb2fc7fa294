package trainyard.parallel.memory;

/** What occupies device memory. */
public enum MemoryComponent {
    PARAMETERS("parameters"),
    GRADIENTS("gradients"),
    /** Master weights and moments. */
    OPTIMIZER_STATE("optimizer state"),
    ACTIVATIONS("activations"),
    LOGITS("logits"),
    /** Temporary buffers of kernels and communication. */
    BUFFERS("buffers"),
    /** CUDA context, libraries and allocator overhead. */
    FRAMEWORK("framework");

    private final String label;

    MemoryComponent(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
