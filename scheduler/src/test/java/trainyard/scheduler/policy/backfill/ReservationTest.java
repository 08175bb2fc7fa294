package trainyard.scheduler.policy.backfill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;

/** No job that holds a reservation starts later than its first one, however many overtake and end early. */
class ReservationTest {

    /** Notes the first time that a policy promises to each job. */
    private static final class Promises implements SchedulingPolicy {
        private final SchedulingPolicy policy;
        private final List<Integer> waiting = new ArrayList<>();
        private final Map<String, Long> first = new HashMap<>();

        Promises(SchedulingPolicy policy) {
            this.policy = policy;
        }

        @Override
        public String name() {
            return policy.name();
        }

        @Override
        public void arrived(SchedulingContext context, int job) {
            waiting.add(job);
            policy.arrived(context, job);
        }

        @Override
        public void ended(SchedulingContext context, int job) {
            policy.ended(context, job);
        }

        @Override
        public long wakeUpNanos() {
            return policy.wakeUpNanos();
        }

        @Override
        public void schedule(SchedulingContext context) {
            policy.schedule(context);
            waiting.removeIf(context::isRunning);
            for (int job : waiting) {
                long at = policy.whyWaits(context, job).atNanos();
                if (at >= 0) {
                    first.putIfAbsent(context.job(job).id(), at);
                }
            }
        }
    }

    private static int checkPromises(SchedulingPolicy policy, int seed) {
        Promises promises = new Promises(policy);
        ClusterOutcome outcome = ClusterSimulation.run(jobs(seed), FreeGpus.equal(3, 8), new AnyGpus(), promises);
        outcome.jobs().forEach(job -> {
            Long promised = promises.first.get(job.job().id());
            assertTrue(
                    promised == null || job.startNanos() <= promised,
                    () -> policy.name() + " of seed " + seed + ": " + job + " promised " + promised);
        });
        return promises.first.size();
    }

    private static List<ClusterJob> jobs(int seed) {
        Random random = new Random(seed);
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            long run = random.nextInt(1, 500);
            long limit = run + (random.nextBoolean() ? 0 : random.nextInt(1, 1000));
            jobs.add(new ClusterJob("j" + i, "", random.nextInt(5_000), random.nextInt(1, 25), run, limit));
        }
        return jobs;
    }

    @Test
    void easyNeverDelaysTheHead() {
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            held += checkPromises(new EasyBackfill(Integer.MAX_VALUE), seed);
        }
        assertTrue(held > 5_000, "promises held: " + held);
    }

    @Test
    void conservativeNeverDelaysAnybody() {
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            held += checkPromises(new ConservativeBackfill(40), seed);
        }
        assertTrue(held > 20_000, "promises held: " + held);
    }
}
