package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/** How old the weights of a pipeline stage are where micro-batches do not wait for one another's updates. */
public final class PipelineDelay {

    private PipelineDelay() {}

    /**
     * {@code S - i}: versions of its weights that stage i holds under one-forward-one-backward with weight stashing, one of each
     * micro-batch under way. Source: D. Narayanan et al., "PipeDream" (SOSP 2019).
     *
     * @param stages S, at least 1
     * @param stage i, from 0
     */
    public static int weightVersions(int stages, int stage) {
        Checks.atLeast("stages", stages, 1);
        Checks.between("stage", stage, 0, stages - 1L);
        return stages - stage;
    }

    /**
     * {@code (2 (S - i) + 1) / N} updates between the forward pass of stage i and the update by its gradient, i counted from 1 as in
     * the source: B. Yang et al., "PipeMare" (MLSys 2021).
     *
     * @param stages S, at least 1
     * @param stageFromOne i, from 1 to S
     * @param microBatches N of one update, at least 1
     */
    public static double forwardDelay(int stages, int stageFromOne, int microBatches) {
        Checks.atLeast("stages", stages, 1);
        Checks.between("stage", stageFromOne, 1, stages);
        Checks.atLeast("microBatches", microBatches, 1);
        return (2.0 * (stages - stageFromOne) + 1) / microBatches;
    }
}
