package trainyard.parallel.schedule;

/**
 * One pass of one micro-batch through one model chunk.
 *
 * @param kind what is computed
 * @param microBatch micro-batch, from 0
 * @param chunk model chunk on the stage, from 0
 */
public record Pass(Kind kind, int microBatch, int chunk) {

    /** What a pass computes. A micro-batch goes back in one whole pass, or in two that need not follow at once. */
    public enum Kind {
        FORWARD("F"),
        /** The whole backward pass: gradients of inputs and of weights. */
        BACKWARD("B"),
        /** The gradient of the chunk's input, which the stage before waits for. */
        INPUT_BACKWARD("B"),
        /** The gradient of the chunk's weights, which nobody waits for before the update. */
        WEIGHT("W");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        /** The letter of timelines. */
        public String letter() {
            return letter;
        }

        /** Whether it adds to the gradients of the weights. */
        public boolean addsGradients() {
            return this == BACKWARD || this == WEIGHT;
        }
    }

    static Pass forward(int microBatch, int chunk) {
        return new Pass(Kind.FORWARD, microBatch, chunk);
    }

    static Pass backward(int microBatch, int chunk) {
        return new Pass(Kind.BACKWARD, microBatch, chunk);
    }

    static Pass inputBackward(int microBatch, int chunk) {
        return new Pass(Kind.INPUT_BACKWARD, microBatch, chunk);
    }

    static Pass weight(int microBatch, int chunk) {
        return new Pass(Kind.WEIGHT, microBatch, chunk);
    }
}
