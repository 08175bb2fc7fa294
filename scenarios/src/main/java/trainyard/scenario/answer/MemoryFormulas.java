package trainyard.scenario.answer;

import trainyard.parallel.memory.MemoryComponent;

/** How each component of memory comes about, in words and symbols. */
final class MemoryFormulas {

    private MemoryFormulas() {}

    static String of(MemoryComponent component) {
        return switch (component) {
            case PARAMETERS -> "parameters per rank x bytes of the precision, / data with zero 3";
            case GRADIENTS -> "parameters per rank x bytes of a gradient, / data from zero 2 on";
            case OPTIMIZER_STATE ->
                "parameters per rank x bytes of master weight and two moments, 12 B in 32 bits, / data from zero 1 on";
            case ACTIVATIONS -> "saved bytes per layer x layers of the stage x micro-batches in flight";
            case LOGITS -> "tokens x vocabulary / tensor x bytes kept by the loss";
            case BUFFERS -> "largest temporary of kernels and communication";
            case FRAMEWORK -> "CUDA context, libraries and allocator";
        };
    }
}
