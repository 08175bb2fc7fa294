package trainyard.parallel.step.analytic;

import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.price.StepTiming;

/**
 * Pipeline times of a step in O(stages^2) instead of O(stages x micro-batches). The recurrence of a fixed program becomes
 * periodic (Baccelli et al. 1992, theorem 3.112): from some micro-batch on, p more micro-batches add the same time. So it
 * is solved for a few rounds of p micro-batches and continued with the growth of the last round:
 *
 * <pre>  T(m) = max( T(r) + (m - r) / p (T(r) - T(r - p)),  max over stages (idle + m busy + drain) ) </pre>
 *
 * The second term catches a stage so little slower than the others that its queue has not formed after r micro-batches.
 *
 * <p>Not thread-safe.
 */
public final class AnalyticPipeline {

    /** Rounds of p micro-batches after which the growth is read off: warm-up, steady state and drain take one each. */
    private static final int ROUNDS = 4;

    private final PipelinePrograms programs;
    private double[] ends = {};

    /**
     * @param programs what the stages of a pipeline do in which order
     */
    public AnalyticPipeline(PipelinePrograms programs) {
        this.programs = programs;
    }

    /** When the stages are through with the passes of a step under a schedule. */
    public PipelineTimes times(StepTiming timing, Schedule schedule, int microBatches) {
        int stages = timing.stages();
        int few = ROUNDS * stages + microBatches % stages;
        if (microBatches <= few + stages) {
            return solve(timing, schedule, microBatches);
        }
        PipelineTimes late = solve(timing, schedule, few);
        double round = late.end() - solve(timing, schedule, few - stages).end();
        double more = round * ((microBatches - few) / stages);
        return late.later(Math.max(more, bottleneckSeconds(timing, late, microBatches) - late.end()));
    }

    private PipelineTimes solve(StepTiming timing, Schedule schedule, int microBatches) {
        PassSequence sequence =
                programs.of(schedule, new PipelineShape(timing.stages(), microBatches, timing.chunksPerStage()));
        if (ends.length < sequence.slots().length) {
            ends = new double[sequence.slots().length];
        }
        return PipelineRecurrence.solve(timing, sequence, ends);
    }

    /**
     * No stage ends before it has idled until its first backward pass, which takes the same time for any number of
     * micro-batches, has done all its work, and its last micro-batch has gone back through the stages before it.
     */
    private static double bottleneckSeconds(StepTiming timing, PipelineTimes times, int microBatches) {
        double drain = 0;
        double most = 0;
        for (int stage = 0; stage < timing.stages(); stage++) {
            double busy = microBatches * timing.busySeconds(stage)
                    + timing.once(stage).seconds();
            most = Math.max(most, times.warmUpIdle()[stage] + busy + drain);
            drain += timing.chunks().get(stage).get(0).backward().seconds()
                    + timing.messages().seconds(stage, stage + 1);
        }
        return most;
    }
}
