package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * DualPipe (DeepSeek-AI 2024, DeepSeek-V3 Technical Report, section 3.2.1): the stages hold the model twice, and half the
 * micro-batches enter at either end. Bubble {@code (p / 2 - 1) (FB + B - 3 W)}, where FB is a forward and a backward pass
 * side by side; a stage holds p + 1 micro-batches and two copies of its parameters. Needs an even p and an even m of at
 * least 2 p.
 *
 * <p>A pass entering at the nearer end is called near, the other far; h is the distance from the nearer end.
 */
final class DualPipe implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        int stages = shape.stages();
        int half = shape.microBatches() / 2;
        if (stages % 2 != 0 || shape.microBatches() != 2 * half || half < stages || shape.chunks() != 2) {
            throw new IllegalArgumentException(
                    "DualPipe needs two chunks, an even number of stages and an even number of"
                            + " micro-batches, at least twice the stages; got " + shape);
        }
        int distance = Math.min(stage, stages - 1 - stage);
        int toMiddle = stages / 2 - distance - 1;
        Writer near = new Writer(stage < stages / 2 ? 0 : 1, half);
        Writer far = new Writer(1 - near.chunk, half);
        List<Pass> passes = new ArrayList<>(3 * shape.microBatches());
        warmUp(passes, near, far, distance, toMiddle);
        for (int i = 0; i < half - stages + distance + 1; i++) {
            passes.add(near.forward());
            passes.add(far.backward());
            passes.add(far.forward());
            passes.add(near.backward());
        }
        coolDown(passes, near, far, distance, toMiddle);
        return passes;
    }

    private static void warmUp(List<Pass> passes, Writer near, Writer far, int distance, int toMiddle) {
        for (int i = 0; i < 2 * toMiddle; i++) {
            passes.add(near.forward());
        }
        for (int i = 0; i <= distance; i++) {
            passes.add(near.forward());
            passes.add(far.forward());
        }
        for (int i = 0; i < toMiddle; i++) {
            Pass gradient = far.inputBackward();
            passes.add(gradient);
            passes.add(Pass.weight(gradient.microBatch(), gradient.chunk()));
            passes.add(far.forward());
        }
    }

    /** The last gradients leave their weights for the end, where nothing else is left to fill the gaps. */
    private static void coolDown(List<Pass> passes, Writer near, Writer far, int distance, int toMiddle) {
        for (int i = 0; i < toMiddle; i++) {
            passes.add(far.backward());
            passes.add(far.forward());
            passes.add(near.backward());
        }
        List<Pass> waiting = new ArrayList<>();
        for (int i = 0; i < 2 * (distance + 1); i++) {
            Writer turn = i % 2 == 0 ? far : near;
            passes.add(i <= distance ? turn.backward() : later(turn, waiting));
        }
        for (int i = 0; i < toMiddle; i++) {
            passes.add(waiting.remove(0));
            passes.add(later(near, waiting));
        }
        passes.addAll(waiting);
    }

    private static Pass later(Writer writer, List<Pass> waiting) {
        Pass gradient = writer.inputBackward();
        waiting.add(Pass.weight(gradient.microBatch(), gradient.chunk()));
        return gradient;
    }

    /** Numbers the passes of one direction; the micro-batches of chunk 1 follow those of chunk 0. */
    private static final class Writer {

        private final int chunk;
        private int forwards;
        private int backwards;

        Writer(int chunk, int microBatches) {
            this.chunk = chunk;
            this.forwards = chunk * microBatches;
            this.backwards = chunk * microBatches;
        }

        Pass forward() {
            return Pass.forward(forwards++, chunk);
        }

        Pass backward() {
            return Pass.backward(backwards++, chunk);
        }

        Pass inputBackward() {
            return Pass.inputBackward(backwards++, chunk);
        }
    }
}
