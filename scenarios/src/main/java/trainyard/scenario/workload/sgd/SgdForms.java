package trainyard.scenario.workload.sgd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.scenario.workload.detail.Details.Law;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.training.analytic.DelayStability;
import trainyard.training.analytic.IterationTime;
import trainyard.training.analytic.StalenessLaw;
import trainyard.training.clock.Outages;
import trainyard.training.optimizer.Sgd;
import trainyard.training.pipeline.PipeDream;
import trainyard.training.rule.AdaSync;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.ElasticSynchronous;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;

/** What closed forms say of a run, where they say something: workers that are alike, and exchange that takes no time. */
final class SgdForms {

    /** The mass of a law beyond so many values is left out. */
    private static final int MOST_STALENESS = 400;

    private SgdForms() {}

    /** Mean time of an update in seconds. */
    static OptionalDouble updateSeconds(TrainingDesign design) {
        if (!isPlain(design)) {
            return OptionalDouble.empty();
        }
        Distribution law = design.workers().compute().seconds();
        int workers = design.workers().count();
        boolean memoryless = law instanceof Exponential;
        UpdateRule rule = design.rule();
        if (rule instanceof Synchronous) {
            return OptionalDouble.of(IterationTime.kSync(law, workers, workers));
        } else if (rule instanceof BackupWorkers backup) {
            return OptionalDouble.of(IterationTime.kSync(law, workers - backup.backups(), workers));
        } else if (rule instanceof KSync first) {
            return OptionalDouble.of(IterationTime.kSync(law, first.gradients(), workers));
        } else if (rule instanceof KBatchSync first && memoryless) {
            return OptionalDouble.of(IterationTime.kBatchSync(law, first.gradients(), workers));
        } else if (rule instanceof KAsync first && memoryless) {
            return OptionalDouble.of(IterationTime.kAsync(law, first.gradients(), workers));
        } else if (rule instanceof KBatchAsync next) {
            return OptionalDouble.of(IterationTime.kBatchAsync(law, next.gradients(), workers));
        }
        return rule instanceof Asynchronous
                ? OptionalDouble.of(IterationTime.kBatchAsync(law, 1, workers))
                : OptionalDouble.empty();
    }

    /** Mean staleness; whatever the speeds and the network where each gradient is an update, if no worker fails. */
    static OptionalDouble staleness(TrainingDesign design) {
        int workers = design.workers().count();
        UpdateRule rule = design.rule();
        boolean isFresh = rule instanceof Synchronous
                || rule instanceof ElasticSynchronous
                || rule instanceof AdaSync
                || rule instanceof BackupWorkers
                || rule instanceof KSync
                || rule instanceof KBatchSync;
        if (isFresh) {
            return OptionalDouble.of(0);
        } else if (fails(design)) {
            return OptionalDouble.empty();
        } else if (rule instanceof Asynchronous) {
            return OptionalDouble.of(StalenessLaw.mean(workers));
        } else if (rule instanceof KBatchAsync next) {
            return OptionalDouble.of(StalenessLaw.kBatchAsyncMean(next.gradients(), workers));
        } else if (rule instanceof KAsync first && isPlain(design) && isMemoryless(design)) {
            // Fewer workers than gradients of an update have none.
            return first.gradients() <= workers
                    ? OptionalDouble.of(StalenessLaw.kAsyncMean(first.gradients(), workers))
                    : OptionalDouble.empty();
        }
        // The mean of S - 1 - i over the stages i.
        return rule instanceof PipeDream ? OptionalDouble.of((workers - 1) / 2.0) : OptionalDouble.empty();
    }

    /** The law of staleness of exponential compute times. */
    static Optional<Law> stalenessLaw(TrainingDesign design) {
        if (!isPlain(design) || !isMemoryless(design)) {
            return Optional.empty();
        }
        int workers = design.workers().count();
        if (design.rule() instanceof Asynchronous) {
            return Optional.of(law("geometric", value -> StalenessLaw.mass(workers, value)));
        } else if (design.rule() instanceof KAsync first) {
            return Optional.of(law("geometric", value -> StalenessLaw.kAsyncMass(first.gradients(), workers, value)));
        }
        return design.rule() instanceof KBatchAsync next
                ? Optional.of(law("by theory", value -> StalenessLaw.kBatchAsyncMass(next.gradients(), workers, value)))
                : Optional.empty();
    }

    private static Law law(String name, IntToDoubleFunction mass) {
        List<Double> shares = new ArrayList<>();
        for (int value = 0; value < MOST_STALENESS; value++) {
            shares.add(mass.applyAsDouble(value));
        }
        return new Law(SgdMetrics.STALENESS, name, shares);
    }

    /**
     * The largest stable rate on a quadratic of a curvature, if each gradient is as late as the mean, rounded up, or in a pipeline as
     * late as in its first stage; of plain steps and heavy-ball momentum, not of Nesterov's and Adam.
     */
    static OptionalDouble rateLimit(TrainingDesign design, double curvature) {
        OptionalDouble staleness = staleness(design);
        if (staleness.isEmpty() || !(design.recipe().optimizer() instanceof Sgd sgd) || !(curvature > 0)) {
            return OptionalDouble.empty();
        }
        double momentum = sgd.momentum();
        if (sgd.nesterov() && momentum > 0) {
            return OptionalDouble.empty();
        }
        int tau = design.rule() instanceof PipeDream
                ? design.workers().count() - 1
                : (int) Math.ceil(staleness.getAsDouble() - 1e-9);
        double limit = momentum == 0 ? DelayStability.limit(tau) : DelayStability.limit(tau, momentum);
        return OptionalDouble.of(limit / curvature);
    }

    /** Whether a largest stable rate is known, whatever the curvature. */
    static boolean hasRateLimit(TrainingDesign design) {
        return rateLimit(design, 1).isPresent();
    }

    /** The largest stable rates for 1, 2, 4 and more workers up to those of the design, in a sentence; empty where none is known. */
    static Optional<String> rateLimits(TrainingDesign design, double curvature) {
        int most = design.workers().count();
        Map<Integer, String> limits = new LinkedHashMap<>();
        IntStream.concat(IntStream.iterate(1, workers -> workers < most, workers -> 2 * workers), IntStream.of(most))
                .forEach(workers -> rateLimit(with(design, workers), curvature)
                        .ifPresent(limit -> limits.put(workers, SgdMetrics.RATE_LIMIT.format(limit))));
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of("by the curvature of the start, stable learning rates end at " + words(limits)
                        + (most == 1 ? " worker" : " workers"));
    }

    /** Such as {@code 0.9 for 1, 0.4 for 2}, or {@code 0.9 for 1 to 8} where all are the same. */
    private static String words(Map<Integer, String> limits) {
        List<Integer> workers = List.copyOf(limits.keySet());
        if (workers.size() > 1 && Set.copyOf(limits.values()).size() == 1) {
            return limits.get(workers.get(0)) + " for " + workers.get(0) + " to " + workers.get(workers.size() - 1);
        }
        return limits.entrySet().stream()
                .map(limit -> limit.getValue() + " for " + limit.getKey())
                .collect(Collectors.joining(", "));
    }

    private static TrainingDesign with(TrainingDesign design, int workers) {
        return design.withWorkers(design.workers().withCount(workers));
    }

    private static boolean fails(TrainingDesign design) {
        return design.workers().outages() != Outages.NONE;
    }

    private static boolean isMemoryless(TrainingDesign design) {
        return design.workers().compute().seconds() instanceof Exponential;
    }

    private static boolean isPlain(TrainingDesign design) {
        TrainingNetwork network = design.workers().network();
        return !fails(design)
                && network.fabric().isEmpty()
                && network.access().isEmpty()
                && network.measured().isEmpty()
                && network.serverSeconds() == 0
                && design.workers().compute().slower().isEmpty()
                && design.workers().compute().spells().isEmpty()
                && design.workers().compute().cores().isEmpty();
    }
}
