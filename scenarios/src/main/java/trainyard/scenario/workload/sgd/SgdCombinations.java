package trainyard.scenario.workload.sgd;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sgd.SgdComputeSection;
import trainyard.scenario.section.sgd.SgdGradientSection;
import trainyard.scenario.section.sgd.SgdGradientSection.Smaller;
import trainyard.scenario.section.sgd.SgdLostSection;
import trainyard.scenario.section.sgd.SgdOptimizerSection;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.scenario.section.sgd.SgdRuleSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.Problem.Kind;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Wording;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;
import trainyard.training.replica.StreamingDiLoCo;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.UpdateRule;

/** What parts of {@code sgd} do not go together, each right by itself. */
final class SgdCombinations {

    private SgdCombinations() {}

    /**
     * @param shape the problem of any seed
     * @throws ScenarioException if the rule cannot do what another part asks for
     */
    static void require(Values section, UpdateRule rule, Problem shape) {
        Values gradient = section.get(SgdSection.GRADIENT);
        if (!rule.compresses() && gradient.get(SgdGradientSection.COMPRESSION) != Smaller.NONE) {
            throw refusal(
                    gradient,
                    SgdGradientSection.COMPRESSION,
                    "what workers send under " + rule.name() + " is not compressed",
                    "write compression: none");
        }
        requireRates(section.get(SgdSection.OPTIMIZER));
        if (section.find(SgdSection.RECORDING).isPresent()) {
            requirePlainSteps(section.get(SgdSection.OPTIMIZER));
            if (section.find(SgdSection.CORE_SPEEDS).isPresent()) {
                throw refusal(
                        section,
                        SgdSection.CORE_SPEEDS,
                        "a recorded run is told as it was, so nothing is simulated at the speeds of cores",
                        "leave out core-speeds, or recording");
            }
        }
        section.find(SgdSection.CORE_SPEEDS).ifPresent(any -> requireNoLaw(section.get(SgdSection.COMPUTE)));
        section.find(SgdSection.LOST).ifPresent(lost -> requireLost(section, lost));
        if (isPipeline(section)) {
            requirePipeline(section, rule, shape);
        }
        if (rule instanceof StreamingDiLoCo streaming && layers(shape) < streaming.fragments()) {
            throw refusal(
                    section.get(SgdSection.RULE),
                    SgdRuleSection.FRAGMENTS,
                    Wording.counted(layers(shape), "layer") + " cannot be parted into " + streaming.fragments()
                            + " fragments",
                    "write fragments: " + layers(shape) + ", or more layers");
        }
        requireBatch(section, rule.readers(Math.toIntExact(section.get(SgdSection.WORKERS))), shape);
    }

    private static void requireNoLaw(Values compute) {
        for (Field<?> field : List.of(SgdComputeSection.LAW, SgdComputeSection.CV)) {
            if (compute.isWritten(field)) {
                throw refusal(
                        compute,
                        field,
                        "how gradients vary is what the cores did in the recorded run",
                        "leave out " + field.key() + ", or sgd.core-speeds");
            }
        }
    }

    private static int layers(Problem shape) {
        return (int)
                shape.blocks().stream().map(ParameterBlock::layer).distinct().count();
    }

    /**
     * An example that is twice in a batch counts twice, so that a larger batch than a worker's examples is no larger one.
     *
     * @param workers among whom the examples are split
     * @throws ScenarioException if a batch is that large
     */
    static void requireBatch(Values section, int workers, Problem shape) {
        if (shape.epoch().isEmpty()) {
            return;
        }
        long all = shape.epoch().getAsLong();
        boolean isShared =
                section.get(SgdSection.PROBLEM).get(SgdProblemSection.KIND) == SgdProblemSection.Kind.LEAST_SQUARES;
        int readers = isShared ? 1 : workers;
        long own = all / readers;
        if (section.get(SgdSection.BATCH) > own) {
            throw refusal(
                    section,
                    SgdSection.BATCH,
                    "a batch of " + Wording.counted(section.get(SgdSection.BATCH), "example") + " is more than "
                            + (readers == 1
                                    ? "the " + Wording.counted(own, "example") + " that there are"
                                    : "the " + own + " that a worker has of " + all + " among " + readers),
                    "write batch: " + own + " or less" + (readers == 1 ? "" : ", or fewer sgd.workers"));
        }
    }

    private static void requireRates(Values optimizer) {
        double from = SgdOptimizerSection.from(optimizer);
        double to = SgdOptimizerSection.to(optimizer);
        if (optimizer.get(SgdOptimizerSection.RATE).isEmpty() && from > to) {
            throw refusal(
                    optimizer.get(SgdOptimizerSection.TUNING),
                    SgdOptimizerSection.FROM,
                    "no rates from " + from + " to " + to,
                    "write from: " + to + ", or a greater " + SgdOptimizerSection.TO.key());
        }
    }

    /**
     * What processes train takes plain steps of one rate.
     *
     * @throws ScenarioException if the optimizer does otherwise
     */
    static void requirePlainSteps(Values optimizer) {
        requireOfReal(
                optimizer,
                SgdOptimizerSection.KIND,
                optimizer.get(SgdOptimizerSection.KIND) == SgdOptimizerSection.Kind.SGD,
                "sgd");
        requireOfReal(optimizer, SgdOptimizerSection.MOMENTUM, optimizer.get(SgdOptimizerSection.MOMENTUM) == 0, "0");
        requireOfReal(
                optimizer, SgdOptimizerSection.WEIGHT_DECAY, optimizer.get(SgdOptimizerSection.WEIGHT_DECAY) == 0, "0");
        requireOfReal(
                optimizer,
                SgdOptimizerSection.LATE,
                optimizer.get(SgdOptimizerSection.LATE) == SgdOptimizerSection.Late.IGNORE,
                "ignore");
        requireOfReal(
                optimizer,
                SgdOptimizerSection.SCHEDULE,
                SgdOptimizerSection.rate(optimizer).isConstant(),
                "{kind: constant}");
    }

    private static void requireOfReal(Values optimizer, Field<?> field, boolean holds, String word) {
        if (!holds) {
            throw refusal(
                    optimizer,
                    field,
                    "processes that train for real take plain steps of one rate, and late gradients count in full",
                    "write " + field.key() + ": " + word);
        }
    }

    private static void requireLost(Values section, Values lost) {
        long workers = section.get(SgdSection.WORKERS);
        if (lost.get(SgdLostSection.WORKERS) >= workers) {
            throw refusal(
                    lost,
                    SgdLostSection.WORKERS,
                    "of " + Wording.counted(workers, "worker") + " one must be left",
                    "write workers: " + (workers - 1) + ", or more sgd.workers");
        }
        Values rule = section.get(SgdSection.RULE);
        boolean isReduced = rule.get(SgdRuleSection.KIND) == SgdRuleSection.Kind.SYNC
                && rule.get(SgdRuleSection.EXCHANGE) == Synchronous.Exchange.ALL_REDUCE;
        if (!isReduced) {
            throw refusal(
                    section,
                    SgdSection.LOST,
                    "only workers that all-reduce are lost for good",
                    "write rule: {kind: sync}");
        }
        if (section.find(SgdSection.FAILURES).isPresent()) {
            throw refusal(
                    section,
                    SgdSection.FAILURES,
                    "workers fail by chance and return, or are lost for good, not both",
                    "leave out failures, or lost");
        }
        if (section.get(SgdSection.COMPUTE).get(SgdComputeSection.STAGGER)) {
            throw refusal(
                    section.get(SgdSection.COMPUTE),
                    SgdComputeSection.STAGGER,
                    "workers may be lost before they start, and the others would wait for them",
                    "write stagger: false");
        }
    }

    private static boolean isPipeline(Values section) {
        SgdRuleSection.Kind kind = section.get(SgdSection.RULE).get(SgdRuleSection.KIND);
        return kind == SgdRuleSection.Kind.PIPEDREAM || kind == SgdRuleSection.Kind.PIPEMARE;
    }

    private static void requirePipeline(Values section, UpdateRule rule, Problem shape) {
        int layers = layers(shape);
        if (layers < section.get(SgdSection.WORKERS)) {
            throw refusal(
                    section,
                    SgdSection.WORKERS,
                    "a network of " + Wording.counted(layers, "layer") + " has no " + section.get(SgdSection.WORKERS)
                            + " stages for " + rule.name(),
                    "write workers: " + layers + ", or more layers");
        }
        Values gradient = section.get(SgdSection.GRADIENT);
        if (gradient.get(SgdGradientSection.DELAY_COMPENSATION).isPresent()) {
            throw refusal(
                    gradient,
                    SgdGradientSection.DELAY_COMPENSATION,
                    "stages of " + rule.name() + " take gradients as they are",
                    "write delay-compensation: none");
        }
        Values optimizer = section.get(SgdSection.OPTIMIZER);
        if (optimizer.get(SgdOptimizerSection.MOMENTUM_CORRECTION)) {
            throw refusal(
                    optimizer,
                    SgdOptimizerSection.MOMENTUM_CORRECTION,
                    "the correction is for workers that all compute whole gradients, not for stages of " + rule.name(),
                    "write momentum-correction: false");
        }
        Values problem = section.get(SgdSection.PROBLEM);
        requireOneReader(problem, SgdProblemSection.SPREAD, rule);
        requireOneReader(problem, SgdProblemSection.SKEW, rule);
    }

    private static void requireOneReader(Values problem, Field<Double> field, UpdateRule rule) {
        if (problem.find(field).orElse(0.0) > 0) {
            throw refusal(
                    problem,
                    field,
                    "data cannot differ between workers where the first stage of " + rule.name() + " reads them all",
                    "write " + field.key() + ": 0");
        }
    }

    private static ScenarioException refusal(Values values, Field<?> field, String what, String fix) {
        return new ScenarioException(
                trainyard.scenario.source.Problem.at(values.position(field), Kind.PLAN, what, fix));
    }
}
