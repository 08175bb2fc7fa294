package trainyard.parallel.schedule;

/**
 * One forward or backward pass of one micro-batch through one model chunk.
 *
 * @param direction forward or backward
 * @param microBatch micro-batch, from 0
 * @param chunk model chunk on the stage, from 0
 */
public record Pass(Direction direction, int microBatch, int chunk) {

    /** Which way through the model. */
    public enum Direction {
        FORWARD,
        BACKWARD
    }

    static Pass forward(int microBatch, int chunk) {
        return new Pass(Direction.FORWARD, microBatch, chunk);
    }

    static Pass backward(int microBatch, int chunk) {
        return new Pass(Direction.BACKWARD, microBatch, chunk);
    }
}
