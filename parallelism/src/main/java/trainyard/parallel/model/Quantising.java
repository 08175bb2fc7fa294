package trainyard.parallel.model;

/**
 * Which operands of a product kernels of their own bring into the format of a recipe below 16 bits. What is not quantised
 * there arrives in that format from the kernel before it, forward or backward.
 */
public enum Quantising {
    /** The product runs in the format in which its operands rest, whatever the recipe. */
    NONE,
    /** Its input, and the gradient of its result. */
    BOTH,
    /** Its input alone. */
    INPUT,
    /** The gradient of its result alone. */
    GRADIENT;

    /** Whether the product runs in the format of the recipe. */
    public boolean applies() {
        return this != NONE;
    }

    /** Whether the product is part of a kernel that also computes what stands before or behind it. */
    public boolean fused() {
        return this == INPUT || this == GRADIENT;
    }

    public boolean ofInput() {
        return this == BOTH || this == INPUT;
    }

    public boolean ofGradient() {
        return this == BOTH || this == GRADIENT;
    }
}
