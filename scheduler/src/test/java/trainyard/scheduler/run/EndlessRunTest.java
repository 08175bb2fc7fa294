package trainyard.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.PriorityPreemption;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Demand;
import trainyard.scheduler.scale.ScalingRule;
import trainyard.sim.engine.SimTime;

/** Runs that have no end. */
class EndlessRunTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    /** The only node breaks every minute and is repaired within a second. */
    private static final class EveryMinute implements NodeOutages {

        private long next = 60 * SECOND;

        @Override
        public long nextNanos() {
            return next;
        }

        @Override
        public NodeOutage take() {
            NodeOutage taken = NodeOutage.fault(next, 0, 1, SECOND);
            next += 60 * SECOND;
            return taken;
        }
    }

    private static ClusterOutcome run(long runSeconds, RunOptions options) {
        return ClusterSimulation.run(
                List.of(ClusterJob.of("a", 0, 4, 10 * SECOND), ClusterJob.of("b", 0, 4, runSeconds * SECOND)),
                FreeGpus.equal(1, 4),
                new AnyGpus(),
                new PriorityPreemption(),
                options);
    }

    @Test
    void aJobLongerThanTheTimeBetweenFaultsIsNotTriedForEver() {
        assertThatExceptionOfType(EndlessRunException.class)
                .isThrownBy(() -> run(61, RunOptions.plain().withOutages(new EveryMinute(), 1)))
                .withMessage("nodes broke or left 100000 times, and jobs are left");
    }

    @Test
    void aShorterOneEndsAndAHorizonEndsAnyRun() {
        // 10 s of a, then 49 s of b, before the first fault.
        assertThat(run(49, RunOptions.plain().withOutages(new EveryMinute(), 1)).endNanos())
                .isEqualTo(59 * SECOND);

        long horizon = 60 * SECOND * (EndlessRunGuard.MOST_OUTAGES + 10);
        ClusterOutcome outcome =
                run(61, RunOptions.plain().withOutages(new EveryMinute(), 1).withHorizonNanos(horizon));

        assertThat(outcome.endNanos()).isEqualTo(horizon);
        assertThat(outcome.jobs().get(1).isDone()).isFalse();
    }

    @Test
    void anAutoscalerThatOrdersNothingIsNotAskedForEver() {
        ScalingRule nothing = new ScalingRule() {
            @Override
            public int nodes(Demand demand) {
                return 0;
            }
        };

        assertThatExceptionOfType(EndlessRunException.class)
                .isThrownBy(() -> run(
                        10,
                        RunOptions.plain()
                                .withAutoscalers(List.of(new Autoscaler(nothing, 0, 1, 0, 30 * SECOND, SECOND, 0)))))
                .withMessage("the scheduler looked 2000000 times since a job came or ended, and jobs are left");
    }

    @Test
    void jobsThatTakeMoreThanACenturyAreNotPlayedToTheEndOfTheClock() {
        long decade = EndlessRunGuard.MOST_NANOS / 10;
        List<ClusterJob> jobs = IntStream.range(0, 40)
                .mapToObj(i -> ClusterJob.of("job " + i, 0, 4, decade))
                .toList();

        assertThatExceptionOfType(EndlessRunException.class)
                .isThrownBy(() -> ClusterSimulation.run(
                        jobs, FreeGpus.equal(1, 4), new AnyGpus(), new PriorityPreemption(), RunOptions.plain()))
                .withMessage("100 years have passed, and jobs are left");
    }
}
