package trainyard.scenario.workload.sgd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.sgd.SgdOptimizerSection;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.scenario.section.sgd.SgdRuleSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Simulators;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.calibration.MachineFacts;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.calibration.ring.LocalProcesses;
import trainyard.training.clock.CoreSpeeds;
import trainyard.training.nativecode.NativeCodeException;
import trainyard.training.nativecode.NativeModule;
import trainyard.training.network.NetworkBackends;
import trainyard.training.problem.Problem;
import trainyard.training.real.RealRun;
import trainyard.training.real.RealRunPlan;
import trainyard.training.recording.RecordedRun;

/** Trains for real, with processes of this machine, what a scenario simulates. */
public final class SgdRealRun {

    /** Pixels of a digit and a value for each class, in single precision. */
    private static final double BYTES_OF_EXAMPLE = (8 * 8 + 10) * 4.0;

    /** Beside a heap of a gigabyte. */
    private static final double MOST_BYTES_READY = 512e6;

    /** What changes a run, and what processes of one machine have no way to do. */
    private static final List<Field<?>> WITHOUT_EFFECT = List.of(
            SgdSection.FAILURES,
            SgdSection.LOST,
            SgdSection.GRADIENT,
            SgdSection.LINKS,
            SgdSection.SERVERS,
            SgdSection.MODEL_SIZE,
            SgdSection.STOP_AT_TARGET);

    /** What the machine has of its own, or does not look at: stated for the simulation. */
    private static final List<Field<?>> OF_THE_SIMULATION =
            List.of(SgdSection.COMPUTE, SgdSection.MACHINE, SgdSection.SERVER_TIME, SgdSection.HORIZON);

    private static final String TASK = "trainyard.training.dl4j.ReplicaTask";

    private final RealRunPlan plan;
    private final Problem problem;
    private final List<String> ofTheSimulation;
    private final Values scenario;

    private SgdRealRun(RealRunPlan plan, Problem problem, List<String> ofTheSimulation, Values scenario) {
        this.plan = plan;
        this.problem = problem;
        this.ofTheSimulation = ofTheSimulation;
        this.scenario = scenario;
    }

    /**
     * The run of a cell; empty where the cell tells a recorded one, or is simulated at the speeds of its cores.
     *
     * @param scenario its values
     * @param seed of the scenario
     * @throws ScenarioException if it has no section {@code sgd}, or one that processes of this machine cannot train
     */
    public static Optional<SgdRealRun> of(Values scenario, long seed) {
        Values section = scenario.find(SgdKind.SECTION)
                .orElseThrow(() -> new ScenarioException(trainyard.scenario.source.Problem.of(
                        trainyard.scenario.source.Problem.Kind.KEY,
                        "only training with real gradients is measured, and the scenario has no sgd",
                        "name a scenario with the section sgd")));
        if (section.find(SgdSection.RECORDING).isPresent()
                || section.find(SgdSection.CORE_SPEEDS).isPresent()) {
            return Optional.empty();
        }
        RealRunPlan bare = plan(section, seed);
        Problem problem = SgdProblems.bind(section.get(SgdSection.PROBLEM), bare.workers())
                .apply(new RandomStreams(seed, 0));
        RealRunPlan plan = SgdMachine.reference(section, problem.parameters())
                .map(bare::withReference)
                .orElse(bare);
        SgdCombinations.requireBatch(section, plan.workers(), problem);
        return Optional.of(new SgdRealRun(plan, problem, ofTheSimulation(scenario, section), scenario));
    }

    private static List<String> ofTheSimulation(Values scenario, Values section) {
        List<String> keys = new ArrayList<>();
        scenario.find(ScenarioSection.CLUSTER).ifPresent(any -> keys.add(ScenarioSection.CLUSTER.key()));
        OF_THE_SIMULATION.stream()
                .filter(section::isWritten)
                .forEach(field -> keys.add(SgdKind.SECTION.key() + "." + field.key()));
        return List.copyOf(keys);
    }

    /**
     * Keys of the scenario that count in its simulation alone: processes, memory and links of the run are those of this machine, and
     * it ends with its examples.
     */
    public List<String> ofTheSimulation() {
        return ofTheSimulation;
    }

    private static RealRunPlan plan(Values section, long seed) {
        int workers = workers(section);
        Values problem = digits(section);
        SgdCombinations.requirePlainSteps(section.get(SgdSection.OPTIMIZER));
        refuseWithoutEffect(section);
        int batch = Math.toIntExact(section.get(SgdSection.BATCH));
        int gradients = gradients(section, workers, batch, examples(section));
        return new RealRunPlan(
                asynchronous(section),
                workers,
                batch,
                rate(section),
                gradients,
                Math.toIntExact(section.get(SgdSection.SHOWN)),
                problem.get(SgdProblemSection.SKEW),
                seed,
                SgdNetworks.network(problem),
                Optional.empty());
    }

    private static int workers(Values section) {
        int workers = Math.toIntExact(section.get(SgdSection.WORKERS));
        if (workers < 2 || workers > LocalProcesses.mostProcesses()) {
            throw wrong(
                    section,
                    SgdSection.WORKERS,
                    workers
                            + " workers are measured as processes, of which there must be two or more and at most one a core:"
                            + " there are " + LocalProcesses.mostProcesses(),
                    "write workers: 2");
        }
        return workers;
    }

    /** The problem, which must be one that processes train. */
    private static Values digits(Values section) {
        Values problem = section.get(SgdSection.PROBLEM);
        SgdProblemSection.Kind kind = problem.get(SgdProblemSection.KIND);
        boolean trains = kind == SgdProblemSection.Kind.MLP || kind == SgdProblemSection.Kind.CNN;
        if (problem.get(SgdProblemSection.DATA) != SgdProblemSection.Data.DIGITS || !trains) {
            throw wrong(
                    section,
                    SgdSection.PROBLEM,
                    "only perceptrons and convolutions on the digits are trained by processes",
                    "write problem: {kind: mlp, data: digits}");
        }
        return problem;
    }

    private static void refuseWithoutEffect(Values section) {
        for (Field<?> part : WITHOUT_EFFECT) {
            if (section.isWritten(part)) {
                throw wrong(
                        section,
                        part,
                        "processes of this machine do nothing of what " + part.key() + " states",
                        "leave it out");
            }
        }
    }

    private static long examples(Values section) {
        return section.get(SgdSection.EXAMPLES)
                .orElseThrow(() -> wrong(
                        section,
                        SgdSection.EXAMPLES,
                        "a measured run ends after a number of examples, and none is stated",
                        "write examples: 25600"));
    }

    private static double rate(Values section) {
        return section.get(SgdSection.OPTIMIZER)
                .get(SgdOptimizerSection.RATE)
                .orElseThrow(() -> wrong(
                        section,
                        SgdSection.OPTIMIZER,
                        "a measured run has one learning rate, and the scenario looks for it",
                        "write optimizer: {rate: 0.1}"));
    }

    /** Of each worker in the mean; all batches lie ready before a run begins, asynchronous ones for a worker that computes all. */
    private static int gradients(Values section, int workers, int batch, long examples) {
        long gradients = Math.max(1, examples / ((long) workers * batch));
        double ready = (double) gradients * (asynchronous(section) ? workers : 1) * batch * BYTES_OF_EXAMPLE;
        if (ready > MOST_BYTES_READY) {
            throw wrong(
                    section,
                    SgdSection.EXAMPLES,
                    String.format(
                            Locale.ROOT,
                            "the batches of a process lie ready before a run, %s of them, and there is room for %s",
                            Units.format(ready, Dimension.DATA),
                            Units.format(MOST_BYTES_READY, Dimension.DATA)),
                    "write examples: " + (long) Math.floor(examples * MOST_BYTES_READY / ready) + " or fewer");
        }
        return Math.toIntExact(gradients);
    }

    private static boolean asynchronous(Values section) {
        if (section.find(SgdSection.LOST).isPresent()) {
            throw wrong(section, SgdSection.LOST, "no worker of a measured run is lost", "leave it out");
        }
        return switch (section.get(SgdSection.RULE).get(SgdRuleSection.KIND)) {
            case SYNC -> false;
            case ASYNC -> true;
            default ->
                throw wrong(
                        section,
                        SgdSection.RULE,
                        "only the rules sync and async are measured",
                        "write rule: {kind: async}");
        };
    }

    private static ScenarioException wrong(Values section, Field<?> key, String message, String hint) {
        return new ScenarioException(trainyard.scenario.source.Problem.at(
                section.position(key), trainyard.scenario.source.Problem.Kind.VALUE, message, hint));
    }

    /** The job by which the processes find out how fast their cores are; empty where no profile of a machine has one. */
    public Optional<ReferenceJob> reference() {
        return plan.reference();
    }

    /**
     * Mean time of an update in simulations of this run, in seconds; no number where none was made.
     *
     * @param cores how fast the cores are; empty: as fast as on a quiet machine
     * @param replications how many simulations
     */
    public double simulatedSeconds(Optional<CoreSpeeds> cores, int replications) {
        SgdDesign design = SgdDesign.bind(scenario, scenario.get(SgdKind.SECTION), new Simulators());
        return IntStream.range(0, replications)
                .mapToObj(replication -> new SgdWorkload(design, new RandomStreams(plan.seed(), replication)))
                .mapToDouble(workload -> workload.secondsPerUpdate(cores).orElse(Double.NaN))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Trains.
     *
     * @throws NativeCodeException if DL4J is not there, or a process cannot be started or fails
     */
    public RecordedRun play() {
        NetworkBackends.named("dl4j");
        String classPath = System.getProperty(NativeModule.CLASS_PATH, "");
        try {
            return RealRun.play(plan, TASK, classPath, problem::loss, MachineFacts.words());
        } catch (IOException failure) {
            throw new NativeCodeException(
                    failure.getMessage(), "each process needs a core and up to a gigabyte of memory", failure);
        }
    }
}
