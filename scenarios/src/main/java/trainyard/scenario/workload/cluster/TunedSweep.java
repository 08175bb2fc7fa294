package trainyard.scenario.workload.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.section.jobs.JobSweepSection;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.workload.TuningProgress;

/**
 * What became of a sweep.
 *
 * @param drawn the sweep
 * @param progress how its best model became better
 */
record TunedSweep(JobSweepSection.Drawn drawn, TuningProgress progress) {

    static List<TunedSweep> of(List<JobSweepSection.Drawn> sweeps, List<JobOutcome> jobs) {
        Map<String, Long> ends = new HashMap<>();
        if (!sweeps.isEmpty()) {
            jobs.stream()
                    .filter(JobOutcome::isDone)
                    .forEach(job -> ends.put(job.job().id(), job.endNanos()));
        }
        return sweeps.stream()
                .map(sweep -> new TunedSweep(sweep, sweep.tuning().progress(sweep.curves(), ends)))
                .toList();
    }

    /** The end of the last stage. */
    TuningProgress.Point last() {
        return progress.points().get(progress.points().size() - 1);
    }
}
