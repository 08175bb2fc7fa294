package trainyard.scenario.workload.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** How evenly teams are slowed down. */
final class Fairness {

    /** Run time and completion time of a team's jobs. */
    private static final class Progress {
        private double run;
        private double completion;

        void add(JobOutcome job) {
            run += SimTime.seconds(job.job().runNanos());
            completion += SimTime.seconds(job.completionNanos());
        }

        double share() {
            return completion == 0 ? 1 : run / completion;
        }
    }

    private Fairness() {}

    /** Jain's index of run time over completion time, over the teams, or over the jobs where all are of one team. */
    static double of(List<JobOutcome> jobs) {
        boolean teams =
                jobs.stream().map(job -> job.job().team()).distinct().limit(2).count() > 1;
        Map<String, Progress> progress = new LinkedHashMap<>();
        jobs.forEach(job -> progress.computeIfAbsent(
                        teams ? job.job().team() : job.job().id(), key -> new Progress())
                .add(job));
        return jain(progress.values().stream().mapToDouble(Progress::share).toArray());
    }

    /** {@code (sum x)^2 / (n sum x^2)}: from 1/n, where one has all, to 1, where all have the same. */
    static double jain(double[] x) {
        double sum = Arrays.stream(x).sum();
        double squares = Arrays.stream(x).map(each -> each * each).sum();
        return squares == 0 ? 1 : sum * sum / (x.length * squares);
    }
}
