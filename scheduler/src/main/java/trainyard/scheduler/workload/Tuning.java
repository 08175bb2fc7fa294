package trainyard.scheduler.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scheduler.job.ClusterJob;

/** A search for good hyper-parameters by many trials, which are trained in stages. Each stage of a trial is a job of its own. */
public sealed interface Tuning permits HyperparameterSweep, PopulationTraining {

    /** Its name, which those of its jobs begin with. */
    String id();

    /** When all trials come. */
    long submitNanos();

    /** The jobs of all stages; which of them run is decided while they do. */
    List<ClusterJob> jobs();

    /** GPU-nanoseconds of all of them. */
    long fullGpuNanos();

    /** Which stages wait for more than the stage before them. */
    Optional<JobReleases.Rule> rule(LearningCurves curves);

    /**
     * How its best model became better.
     *
     * @param endNanos when jobs were done, by their name; those that never were are left out
     */
    TuningProgress progress(LearningCurves curves, Map<String, Long> endNanos);
}
