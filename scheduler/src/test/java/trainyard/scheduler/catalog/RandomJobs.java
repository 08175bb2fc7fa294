package trainyard.scheduler.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;

/** Workloads for property tests: 1 to 16 GPUs, four teams, three priorities, limits of one to three times the run time. */
public final class RandomJobs {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private RandomJobs() {}

    static List<ClusterJob> of(int seed, int count) {
        Random random = new Random(seed);
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long run = SECOND * random.nextInt(1, 5_000);
            long limit = random.nextInt(3) == 0 ? run : run + SECOND * random.nextInt(1, 2 * (int) (run / SECOND) + 1);
            JobTraits traits = JobTraits.NONE
                    .withUser("u" + random.nextInt(8))
                    .withPriority(random.nextInt(3))
                    .withHost(random.nextInt(1, 12), random.nextInt(1, 100) * 1e9);
            jobs.add(new ClusterJob(
                    "j" + i,
                    "t" + random.nextInt(4),
                    SECOND * random.nextInt(20_000),
                    1 << random.nextInt(5),
                    run,
                    limit,
                    traits));
        }
        return jobs;
    }
}
