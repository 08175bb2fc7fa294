package trainyard.scenario.section.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.workload.HyperparameterSweep;
import trainyard.scheduler.workload.HyperparameterSweep.Stopping;
import trainyard.scheduler.workload.LearningCurves;
import trainyard.scheduler.workload.PopulationTraining;
import trainyard.scheduler.workload.Tuning;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** A sweep of {@code jobs.sweeps}: trials of hyper-parameters. */
public final class JobSweepSection {

    private static final String POPULATION = "population";
    private static final int MOST_TRIALS = 1_000;
    private static final int MOST_STAGES = 1_000;
    private static final int MOST_SWEEPS = 1_000;

    public static final Field<Optional<Stopping>> METHOD = Field.of(
                    "method",
                    new ChoiceType<>("method", Problem.Kind.VALUE, methods()),
                    "Which trials go on after a rung. `random`: all. `successive-halving`: once all are trained so far, the best one of"
                            + " `eta` (Jamieson and Talwalkar, AISTATS 2016). `asha`: each as soon as it is among these (Li et al.,"
                            + " MLSys 2020). `population`: all, in steps, after which one of the worst fifth copies one of the best fifth"
                            + " and multiplies its hyper-parameter by 0.8 or 1.2 (Jaderberg et al., arXiv 1711.09846).")
            .orElse("asha");
    public static final Field<Long> TRIALS = Field.of(
                    "trials", IntegerType.between(1, MOST_TRIALS), "Trials, or members of the population.")
            .asRequired();
    public static final Field<Long> GPUS = Field.of(
                    "gpus", IntegerType.of("GPUs", 1, 1_000_000), "GPUs that each trial wants.")
            .orElse("1 GPU");
    public static final Field<Double> TRAIN = Field.of(
                    "train",
                    QuantityType.positive(Dimension.DURATION),
                    "Training of a trial to its end, on the GPUs that it wants.")
            .asRequired();
    public static final Field<Long> RUNGS = Field.of(
                    "rungs",
                    IntegerType.between(1, 12),
                    "How often a trial is looked at; its training until each rung is `eta` times that until the one before.")
            .orElse("4")
            .only(Use.with("method", "random", "successive-halving", "asha"));
    public static final Field<Long> ETA = Field.of("eta", IntegerType.between(2, 100), "One of so many trials goes on.")
            .orElse("3")
            .only(Use.with("method", "random", "successive-halving", "asha"));
    public static final Field<Long> STEPS = Field.of(
                    "steps", IntegerType.between(1, MOST_STAGES), "Steps of equal length.")
            .orElse("20")
            .only(Use.with("method", POPULATION));
    public static final Field<Optional<Double>> HALF = Field.of(
                    "half",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Training after which a loss of 1 above what the hyper-parameter allows has halved. `auto`: a tenth of `train`, which"
                            + " is assumed.")
            .orElse("auto");
    public static final Field<Double> NOISE = Field.of(
                    "noise",
                    new NumberType(0, 1_000),
                    "Standard deviation of the error of a loss that is looked at. Among trials the loss at their end has one of about"
                            + " 0.6. The default is assumed.")
            .orElse("0.1");
    public static final Field<String> TEAM = Field.of("team", TextType.ANY, "Whose it is. Left out: nobody's.");
    public static final Field<Double> SUBMIT = Field.of(
                    "submit", QuantityType.of(Dimension.DURATION), "When all trials come, or the first sweep may.")
            .orElse("0 s");
    public static final Field<Double> EVERY = Field.of(
            "every",
            QuantityType.positive(Dimension.DURATION),
            "Mean time between two such sweeps, which come as a Poisson process. Left out: there is one.");
    public static final Field<Double> UNTIL = Field.of(
                    "until", QuantityType.positive(Dimension.DURATION), "Sweeps come until then.")
            .orElse("7 days")
            .only(Use.beside(EVERY));

    public static final Section SECTION = Section.of(
            "jobs.sweeps",
            "Trials of hyper-parameters that come together. What is trained from one rung to the next is a job, such as"
                    + " `NAME/0/trial3/rung1`, so a trial that is stopped leaves its GPUs to others at once. How good trials turn out follows"
                    + " assumed learning curves: the loss tends by a power law to a floor that says how far a hyper-parameter is from the"
                    + " best one, which is 0.",
            METHOD,
            TRIALS,
            GPUS,
            SizeFields.SIZE,
            SizeFields.LEAST,
            SizeFields.MOST,
            TRAIN,
            RUNGS,
            ETA,
            STEPS,
            HALF,
            NOISE,
            TEAM,
            PriorityFields.PRIORITY,
            SUBMIT,
            EVERY,
            UNTIL);

    private JobSweepSection() {}

    /** A population has no rule of stopping. */
    private static Map<String, Optional<Stopping>> methods() {
        Map<String, Optional<Stopping>> methods = new LinkedHashMap<>();
        Arrays.stream(Stopping.values()).forEach(rule -> methods.put(rule.word(), Optional.of(rule)));
        methods.put(POPULATION, Optional.empty());
        return methods;
    }

    /**
     * A sweep of a replication.
     *
     * @param name as the scenario calls those of its kind
     * @param tuning its trials
     * @param curves how good they turn out
     */
    public record Drawn(String name, Tuning tuning, LearningCurves curves) {}

    /**
     * The sweeps of one name in a replication.
     *
     * @throws ScenarioException if they are too many, or their GPUs lie outside what they can use
     */
    static List<Drawn> draw(String name, Values values, RandomStreams streams) {
        JobTraits traits = JobTraits.NONE
                .withPriority(PriorityFields.bind(values))
                .withSize(SizeFields.bind(values, List.of(values.get(GPUS))));
        List<Drawn> drawn = new ArrayList<>();
        for (double at : times(name, values, streams)) {
            String id = name + "/" + drawn.size();
            double half = values.get(HALF).orElse(values.get(TRAIN) / 10);
            drawn.add(new Drawn(
                    name,
                    tuning(id, SimTime.nanos(at), values, traits),
                    new LearningCurves(streams, id, half, values.get(NOISE))));
        }
        return drawn;
    }

    private static List<Double> times(String name, Values values, RandomStreams streams) {
        if (!values.isWritten(EVERY)) {
            return List.of(values.get(SUBMIT));
        }
        UniformRandomProvider random = streams.stream("sweep/" + name);
        List<Double> times = new ArrayList<>();
        double now = values.get(SUBMIT);
        while (true) {
            now -= Math.log(1 - random.nextDouble()) * values.get(EVERY);
            if (now >= values.get(UNTIL)) {
                return times;
            }
            times.add(now);
            if (times.size() > MOST_SWEEPS) {
                throw new ScenarioException(Problem.at(
                        values.position(EVERY),
                        Problem.Kind.LIMIT,
                        "more than " + MOST_SWEEPS + " sweeps come until "
                                + values.text("until").orElse("then"),
                        "let them come less often"));
            }
        }
    }

    private static Tuning tuning(String id, long submitNanos, Values values, JobTraits traits) {
        String team = values.find(TEAM).orElse("");
        int trials = Math.toIntExact(values.get(TRIALS));
        int gpus = Math.toIntExact(values.get(GPUS));
        Optional<Stopping> stopping = values.get(METHOD);
        if (stopping.isEmpty()) {
            int steps = Math.toIntExact(values.get(STEPS));
            long step = Math.max(1, SimTime.nanos(values.get(TRAIN) / steps));
            return new PopulationTraining(id, team, submitNanos, trials, gpus, steps, step, traits);
        }
        int eta = Math.toIntExact(values.get(ETA));
        return new HyperparameterSweep(
                id, team, submitNanos, trials, gpus, rungs(values, eta), eta, stopping.get(), traits);
    }

    /** Training in each rung beyond that of the rungs before. */
    private static List<Long> rungs(Values values, int eta) {
        int count = Math.toIntExact(values.get(RUNGS));
        List<Long> rungs = new ArrayList<>();
        long before = 0;
        for (int rung = 0; rung < count; rung++) {
            long until = SimTime.nanos(values.get(TRAIN) / Math.pow(eta, count - 1.0 - rung));
            rungs.add(Math.max(1, until - before));
            before = until;
        }
        return rungs;
    }
}
