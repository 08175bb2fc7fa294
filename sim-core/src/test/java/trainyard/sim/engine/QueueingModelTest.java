package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Interval;
import trainyard.sim.stats.MeanEstimate;
import trainyard.sim.stats.Tally;
import trainyard.sim.stats.TimeAverage;

/** The queue of the package documentation against its closed forms. */
class QueueingModelTest {
    private static final double SERVICE_SECONDS = 1;
    private static final int REPLICATIONS = 20;
    private static final long WARM_UP_NANOS = SimTime.nanos(2_000);
    private static final long END_NANOS = SimTime.nanos(12_000);

    /** Customers who arrive at random, wait for one of several servers, are served and leave. */
    private static final class Customers {
        private final Simulation simulation;
        private final Timeline timeline;
        private final Activity arrivals;
        private final Resource servers;
        private final ContinuousSampler gap;
        private final ContinuousSampler service;
        private TimeAverage inSystem = new TimeAverage(0, 0);

        Customers(int serverCount, double load, RandomStreams streams, TieOrder ties) {
            simulation = new Simulation(ties);
            timeline = new Timeline(simulation);
            arrivals = new Activity(timeline, 0);
            servers = new Resource(serverCount);
            gap = new Exponential(SERVICE_SECONDS / (load * serverCount)).sampler(streams.stream("gap"));
            service = new Exponential(SERVICE_SECONDS).sampler(streams.stream("service"));
        }

        void start() {
            arrivals.hold(gap.sample(), this::arrive);
        }

        void arrive(long now) {
            inSystem.change(now, 1);
            Activity customer = new Activity(timeline, 0);
            customer.acquire(servers, 1, granted -> customer.hold(service.sample(), this::depart));
            start();
        }

        void depart(long now) {
            inSystem.change(now, -1);
            servers.release(1);
        }

        double meanInSystem() {
            start();
            simulation.runUntil(WARM_UP_NANOS);
            inSystem = new TimeAverage(WARM_UP_NANOS, inSystem.level());
            simulation.runUntil(END_NANOS);
            return inSystem.mean(END_NANOS);
        }
    }

    /**
     * Mean number in an M/M/c queue: {@code L = C(c, a) rho / (1 - rho) + a} with {@code a = c rho} and Erlang's C
     * (Erlang 1917); for one server it is {@code rho / (1 - rho)}.
     */
    private static double meanInSystem(int servers, double load) {
        double offered = servers * load;
        double term = 1;
        double sum = 1;
        for (int k = 1; k < servers; k++) {
            term *= offered / k;
            sum += term;
        }
        double last = term * offered / servers / (1 - load);
        double waits = last / (sum + last);
        return waits * load / (1 - load) + offered;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "1, 0.7", "3, 0.6", "8, 0.7"})
    void meanNumberInSystemIsThatOfErlang(int servers, double load) {
        Tally means = new Tally();
        for (int replication = 0; replication < REPLICATIONS; replication++) {
            RandomStreams streams = new RandomStreams(1917, replication);
            means.add(new Customers(servers, load, streams, TieOrder.SCHEDULED).meanInSystem());
        }
        MeanEstimate estimate = MeanEstimate.of(means, 0.999);
        double truth = meanInSystem(servers, load);
        Interval interval = estimate.interval().orElseThrow();
        assertThat(interval.contains(truth)).as("%s covers %f", estimate, truth).isTrue();
        assertThat(interval.halfWidth() / estimate.mean()).isLessThan(0.06);
    }

    /** Times of arrivals and departures are real numbers, so permuted ties change not one bit. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void permutedTiesChangeNothing(long seed) {
        RandomStreams streams = new RandomStreams(7, 0);
        double scheduled = new Customers(2, 0.6, streams, TieOrder.SCHEDULED).meanInSystem();
        double permuted = new Customers(2, 0.6, streams, TieOrder.permuted(seed)).meanInSystem();
        assertThat(permuted).isEqualTo(scheduled);
    }
}
