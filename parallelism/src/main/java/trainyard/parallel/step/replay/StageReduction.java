package trainyard.parallel.step.replay;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.ReplicaPasses.Completion;
import trainyard.parallel.step.replay.ReplicaPasses.StagePasses;
import trainyard.sim.engine.SimTime;

/**
 * The data stream of a stage: its gradient buckets are reduced one after another, each once it is ready on all replicas.
 * Replicas finish their chunks in the same order, so the first bucket that is ready on one is the first on all.
 */
final class StageReduction {

    private final List<Bar> bars = new ArrayList<>();
    private long free;

    /** One reduction. */
    record Bar(long startNanos, long endNanos) {}

    /**
     * Buckets that are reduced beside the passes.
     *
     * @param chunks the chunks of the stage
     * @param classes passes of the stage in each class of replicas
     */
    static StageReduction beside(List<ChunkTiming> chunks, List<StagePasses> classes) {
        StageReduction stream = new StageReduction();
        for (Completion first : classes.get(0).gradients()) {
            List<Completion> own = classes.stream()
                    .map(alike -> alike.gradientsOf(first.chunk()))
                    .toList();
            List<Double> buckets = chunks.get(first.chunk()).buckets();
            for (int bucket = 0; bucket < buckets.size(); bucket++) {
                long ready = 0;
                for (Completion completion : own) {
                    ready = Math.max(ready, completion.readyNanos(bucket, buckets.size()));
                }
                stream.reduce(ready, buckets.get(bucket));
            }
        }
        return stream;
    }

    /** Buckets that are reduced once all passes are done. */
    static StageReduction behind(List<ChunkTiming> chunks, long readyNanos) {
        StageReduction stream = new StageReduction();
        for (ChunkTiming chunk : chunks) {
            chunk.buckets().forEach(seconds -> stream.reduce(readyNanos, seconds));
        }
        return stream;
    }

    private void reduce(long ready, double seconds) {
        long start = Math.max(ready, free);
        free = start + SimTime.nanos(seconds);
        bars.add(new Bar(start, free));
    }

    /** The reductions in order. */
    List<Bar> bars() {
        return bars;
    }

    /** When the stream is free. */
    long free() {
        return free;
    }
}
