package trainyard.faults.cause;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * All that goes wrong in a cluster.
 *
 * @param causes with names of their own
 * @param lemons nodes that fail more often than others
 * @param replay recorded faults beside those of the causes; empty for none
 */
public record FaultModel(List<FaultCause> causes, Lemons lemons, Optional<FaultReplay> replay) {

    /**
     * @throws IllegalArgumentException if two causes have one name, or one has a name that does not suit faults that are drawn, since they
     *     would share their randomness
     */
    public FaultModel {
        causes = List.copyOf(causes);
        Objects.requireNonNull(lemons, "lemons");
        Objects.requireNonNull(replay, "replay");
        Set<String> names = new HashSet<>();
        for (FaultCause cause : causes) {
            if (!names.add(FaultCause.drawnName(cause.name()))) {
                throw new IllegalArgumentException("two causes are called " + cause.name());
            }
        }
    }

    /** Causes in a cluster whose nodes are alike. */
    public static FaultModel of(List<FaultCause> causes) {
        return new FaultModel(causes, Lemons.NONE, Optional.empty());
    }

    /** Whether all faults are drawn, come by themselves, and strike nodes that are alike and stay as good as new. */
    public boolean isPlain() {
        boolean alone = causes.stream()
                .map(FaultCause::traits)
                .allMatch(traits -> traits.burst().isEmpty() && traits.wear().isEmpty() && traits.noticeSeconds() == 0);
        return alone && lemons.isNone() && replay.isEmpty();
    }

    /** The longest time before a fault at which one is announced; 0 where none is. */
    public double longestNoticeSeconds() {
        double ofTrace = replay.map(FaultReplay::noticeSeconds).orElse(0.0);
        return causes.stream()
                .mapToDouble(cause -> cause.traits().noticeSeconds())
                .reduce(ofTrace, Math::max);
    }

    /** The same with other lemons. */
    public FaultModel with(Lemons other) {
        return new FaultModel(causes, other, replay);
    }

    /** The same with those causes alone that pass a test; their faults are the same ones, at the same times. */
    public FaultModel only(Predicate<FaultCause> test) {
        return new FaultModel(causes.stream().filter(test).toList(), lemons, replay);
    }

    /** The same with recorded faults. */
    public FaultModel with(FaultReplay recorded) {
        return new FaultModel(causes, lemons, Optional.of(recorded));
    }

    /**
     * Faults a second that stop a job on all nodes of a cluster, in the mean of the long run; lemons count, what a burst sets
     * off and wear do not.
     */
    public double stopsPerSecond(ClusterShape cluster) {
        double drawn = causes.stream()
                .filter(FaultCause::stopsJob)
                .mapToDouble(cause -> ratePerSecond(cause, cluster))
                .sum();
        return drawn + replay.map(recorded -> recorded.stopsPerSecond(cluster)).orElse(0.0);
    }

    /** Faults a second of one of the causes, as {@link FaultCause#ratePerSecond} and with those that lemons have more. */
    public double ratePerSecond(FaultCause cause, ClusterShape cluster) {
        return cause.ratePerSecond(cluster) * (cause.scope().isWithinNode() ? lemons.meanFactor() : 1);
    }

    /**
     * Faults a second of a cluster once all parts are worn, those that bursts set off included: more than there are in the
     * mean. Recorded ones are left out.
     */
    public double mostFaultsPerSecond(ClusterShape cluster) {
        return causes.stream()
                .mapToDouble(cause -> ratePerSecond(cause, cluster) * growth(cause, cluster))
                .sum();
    }

    private static double growth(FaultCause cause, ClusterShape cluster) {
        double worn = cause.traits().wear().map(wear -> 1 / wear.least()).orElse(1.0);
        double set = cause.traits()
                .burst()
                .map(burst -> burst.faultsPerTrigger(cause.scope(), cluster))
                .orElse(1.0);
        return worn * set;
    }

    /** The processes that make the timeline. */
    List<CauseFaults> faults(ClusterShape cluster, RandomStreams streams) {
        int[] nodes = lemons.nodes(cluster.nodes(), streams);
        List<CauseFaults> faults = new ArrayList<>();
        for (FaultCause cause : causes) {
            List<CauseFaults> alone = byThemselves(cause, cluster, nodes, streams);
            Optional<Burst> burst = cause.traits().burst();
            faults.addAll(
                    burst.isEmpty()
                            ? alone
                            : List.of(new BurstFaults(new MergedFaults(alone), cause, burst.get(), cluster, streams)));
        }
        replay.ifPresent(recorded -> faults.add(recorded.faults(cluster, streams)));
        return faults;
    }

    /**
     * The faults of a cause that nothing sets off. Faults without memory of lemons are those of an equal node and as many
     * more as they fail more often, so that lemons move no fault of others; of other laws they are a population of their own.
     */
    private List<CauseFaults> byThemselves(
            FaultCause cause, ClusterShape cluster, int[] lemonNodes, RandomStreams streams) {
        boolean memoryless = cause.secondsBetween() instanceof Exponential
                && cause.traits().wear().isEmpty();
        Population all = Population.all(cause.scope(), cluster);
        if (lemonNodes.length == 0 || !cause.scope().isWithinNode()) {
            return List.of(process(cause, all, cluster, 1, streams, cause.name()));
        }
        List<CauseFaults> faults = new ArrayList<>();
        Population rest = memoryless ? all : Population.outside(cause.scope(), lemonNodes, cluster);
        if (rest.size() > 0) {
            faults.add(process(cause, rest, cluster, 1, streams, cause.name()));
        }
        Population bad = Population.of(cause.scope(), lemonNodes, cluster);
        double factor = memoryless ? lemons.factor() - 1 : lemons.factor();
        faults.add(process(cause, bad, cluster, factor, streams, cause.name() + "/lemon"));
        return faults;
    }

    private static CauseFaults process(
            FaultCause cause,
            Population population,
            ClusterShape cluster,
            double factor,
            RandomStreams streams,
            String process) {
        FaultDraws draws = new FaultDraws(cause, cluster, streams, process);
        Distribution law = cause.secondsBetween();
        Optional<Wear> wear = cause.traits().wear();
        return law instanceof Exponential && wear.isEmpty()
                ? new PoissonFaults(draws, population, law.mean() / factor, streams, process)
                : new RenewalFaults(draws, population, law.times(1 / factor), wear, streams, process);
    }
}
