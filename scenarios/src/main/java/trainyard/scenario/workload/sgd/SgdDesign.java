package trainyard.scenario.workload.sgd;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.sgd.SgdComputeSection;
import trainyard.scenario.section.sgd.SgdFailuresSection;
import trainyard.scenario.section.sgd.SgdGradientSection;
import trainyard.scenario.section.sgd.SgdLinksSection;
import trainyard.scenario.section.sgd.SgdLostSection;
import trainyard.scenario.section.sgd.SgdOptimizerSection;
import trainyard.scenario.section.sgd.SgdRuleSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem.Kind;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.csv.CsvException;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.calibration.Extrapolation;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.clock.CoreSpeeds;
import trainyard.training.clock.FaultOutages;
import trainyard.training.clock.Outages;
import trainyard.training.experiment.RateSearch;
import trainyard.training.experiment.Trials;
import trainyard.training.problem.LargestCurvature;
import trainyard.training.problem.Problem;
import trainyard.training.recording.RecordedRun;
import trainyard.training.recording.Recording;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingNetwork.TrainingFabric;
import trainyard.training.run.WorkerGroup;
import trainyard.training.wire.FabricWire;

/**
 * The section {@code sgd} of one cell. The best learning rate is looked for once, when it is first asked for, and holds for all
 * replications.
 */
final class SgdDesign {
    /** Losses cost more than gradients; between those of trial runs lies so many times the time. */
    private static final double SELDOM = 3;

    /** A hundred years. */
    private static final double MOST_SECONDS = 100 * 365 * 86_400.0;

    /** Of one run. */
    private static final long MOST_GRADIENTS = 10_000_000;

    private static final double MOST_FAULTS = 200_000;

    private static final int CURVATURE_EXAMPLES = 512;
    private static final double CURVATURE_TOLERANCE = 1e-3;
    private static final int CURVATURE_PRODUCTS = 60;

    private final Values section;
    private final TrainingDesign design;
    private final Function<RandomStreams, Problem> problems;
    private final OptionalDouble pricePerWorkerSecond;
    private final long replications;
    private final Optional<ModelFlops> peak;
    private final Optional<SgdMachine> machine;
    private final int parameters;
    private Optional<RateSearch> search = Optional.empty();
    private OptionalDouble curvature = OptionalDouble.empty();
    private boolean isCurvatureKnown;

    private SgdDesign(
            Values section,
            TrainingDesign design,
            Function<RandomStreams, Problem> problems,
            OptionalDouble pricePerWorkerSecond,
            long replications,
            Optional<ModelFlops> peak,
            Optional<SgdMachine> machine,
            int parameters) {
        this.section = section;
        this.design = design;
        this.problems = problems;
        this.pricePerWorkerSecond = pricePerWorkerSecond;
        this.replications = replications;
        this.peak = peak;
        this.machine = machine;
        this.parameters = parameters;
    }

    /**
     * @throws ScenarioException if the cell contradicts itself
     */
    static SgdDesign bind(Values scenario, Values section, Simulators simulators) {
        int workers = Math.toIntExact(section.get(SgdSection.WORKERS));
        UpdateRule rule = section.find(SgdSection.LOST)
                .map(SgdLostSection::rule)
                .orElseGet(() -> SgdRuleSection.bind(section.get(SgdSection.RULE), workers));
        Function<RandomStreams, Problem> problems =
                SgdProblems.bind(section.get(SgdSection.PROBLEM), rule.readers(workers));
        Problem shape = problems.apply(new RandomStreams(0, 0));
        SgdCombinations.require(section, rule, shape);
        Optional<SgdMachine> machine = SgdMachine.bind(scenario, section);
        TrainingNetwork stated = network(scenario, section, workers, rule, shape.parameters(), simulators);
        WorkerGroup group = new WorkerGroup(
                workers,
                SgdComputeSection.bind(section.get(SgdSection.COMPUTE), workers, machine.map(SgdMachine::gradient)),
                outages(section, workers, stated),
                machine.map(one -> one.over(stated, workers, shape.parameters(), section))
                        .orElse(stated));
        Limits limits = limits(section);
        requireEnd(section, group, limits);
        requireFewFaults(section, group.outages(), limits);
        TrainingDesign design = new TrainingDesign(
                rule, group, recipe(section, workers), limits, limits.seconds() / section.get(SgdSection.SHOWN));
        OptionalDouble price = scenario.find(ScenarioSection.COST)
                .map(cost -> OptionalDouble.of(cost.get(CostSection.PRICE)))
                .orElse(OptionalDouble.empty());
        return new SgdDesign(
                section,
                design,
                problems,
                price,
                scenario.get(ScenarioSection.REPLICATIONS),
                ModelFlops.bind(section, group),
                machine,
                shape.parameters());
    }

    /** Why the times of gradients are not to be trusted, in words; empty where nothing says so. */
    Optional<String> doubt() {
        return machine.flatMap(SgdMachine::doubt);
    }

    /** Where times of gradients and messages come from outside what was measured; none where a recording tells the times. */
    List<Extrapolation> extrapolations() {
        return section.find(SgdSection.RECORDING).isPresent()
                ? List.of()
                : machine.map(one -> one.extrapolations(
                                design.workers().network(), design.workers().count(), parameters))
                        .orElse(List.of());
    }

    /** Workers that are lost for good, or that fail now and then. */
    private static Outages outages(Values section, int workers, TrainingNetwork network) {
        return section.find(SgdSection.LOST)
                .map(lost -> SgdLostSection.outages(lost, workers))
                .or(() -> section.find(SgdSection.FAILURES)
                        .map(failures -> SgdFailuresSection.bind(
                                failures, workers, network.fabric().map(TrainingFabric::cluster))))
                .orElse(Outages.NONE);
    }

    private static Limits limits(Values section) {
        return new Limits(
                section.get(SgdSection.HORIZON),
                section.get(SgdSection.EXAMPLES).orElse(Long.MAX_VALUE),
                Long.MAX_VALUE,
                section.get(SgdSection.STOP_AT_TARGET) ? target(section) : OptionalDouble.empty());
    }

    /** A run takes seconds, and tuning makes dozens of them. */
    private static void requireFewFaults(Values section, Outages outages, Limits limits) {
        if (!(outages instanceof FaultOutages failures)) {
            return;
        }
        double expected = limits.seconds() * failures.faults().mostFaultsPerSecond(failures.cluster());
        if (expected > MOST_FAULTS) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    section.position(SgdSection.FAILURES),
                    Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%.3g faults can be expected before the horizon, lemons and bursts included; more than %.0f",
                            expected,
                            MOST_FAULTS),
                    "shorten the horizon, or raise the mean times between faults"));
        }
    }

    /**
     * What a run keeps of each update and of each gradient must fit in memory, gradients are computed one by one, and the clock of a
     * run goes to 292 years.
     */
    private static void requireEnd(Values section, WorkerGroup workers, Limits limits) {
        if (limits.seconds() > MOST_SECONDS) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    section.position(SgdSection.HORIZON),
                    Kind.VALUE,
                    "the clock of a run goes to " + Units.format(MOST_SECONDS, Dimension.DURATION) + ", not to "
                            + Units.format(limits.seconds(), Dimension.DURATION),
                    "write a shorter horizon"));
        }
        double batches = limits.examples() / (double) section.get(SgdSection.BATCH);
        double gradients = Math.min(
                batches,
                workers.count() * limits.seconds() / workers.compute().seconds().mean());
        if (gradients > MOST_GRADIENTS && section.find(SgdSection.RECORDING).isEmpty()) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    section.position(SgdSection.HORIZON),
                    Kind.PLAN,
                    String.format(
                            Locale.ROOT,
                            "a run of %s is up to %,.0f gradients, each computed for real, and at most %,d are",
                            Units.format(limits.seconds(), Dimension.DURATION),
                            gradients,
                            MOST_GRADIENTS),
                    "write a shorter horizon, or examples: after which it ends"));
        }
    }

    private static Recipe recipe(Values section, int workers) {
        Values optimizer = section.get(SgdSection.OPTIMIZER);
        return new Recipe(
                Math.toIntExact(section.get(SgdSection.BATCH)),
                SgdOptimizerSection.bind(optimizer, workers),
                SgdOptimizerSection.rate(optimizer),
                SgdOptimizerSection.staleness(optimizer, workers),
                SgdGradientSection.bind(section.get(SgdSection.GRADIENT)));
    }

    private static TrainingNetwork network(
            Values scenario, Values section, int workers, UpdateRule rule, int parameters, Simulators simulators) {
        int servers = rule.needsServer() ? Math.toIntExact(section.get(SgdSection.SERVERS)) : 0;
        Optional<TrainingFabric> fabric = scenario.find(ScenarioSection.CLUSTER)
                .map(cluster -> fabric(cluster, section, workers, servers, simulators));
        double bytes = section.find(SgdSection.MODEL_SIZE)
                .map(size -> size / parameters)
                .orElse((double) Float.BYTES);
        TrainingNetwork network = new TrainingNetwork(fabric, servers, bytes, section.get(SgdSection.SERVER_TIME));
        return section.find(SgdSection.LINKS)
                .map(links -> network.withAccess(SgdLinksSection.bind(links, workers)))
                .orElse(network);
    }

    private static TrainingFabric fabric(
            Values cluster, Values section, int workers, int servers, Simulators simulators) {
        int needed = FabricWire.nodes(workers, servers, ClusterSection.gpusPerNode(cluster));
        long stated = cluster.get(ClusterSection.NODES).orElse((long) needed);
        if (stated < needed) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    section.position(SgdSection.WORKERS),
                    Kind.PLAN,
                    Wording.counted(workers, "worker")
                            + (servers == 0 ? "" : " and " + Wording.counted(servers, "server")) + " need "
                            + Wording.counted(needed, "node") + ", and there are " + stated,
                    "write cluster.nodes: " + needed + ", or auto"));
        }
        ClusterSection.requireNodes(cluster, needed, Math.toIntExact(stated));
        ClusterSpec spec = ClusterSection.bind(cluster, Math.toIntExact(stated));
        return new TrainingFabric(
                spec, simulators.collective(spec, ClusterSection.exchanges(cluster), Optional.empty()));
    }

    /**
     * The runs of a real machine that stand in place of simulated ones: one for all replications, or one for each.
     *
     * @throws ScenarioException if they cannot be read, or are more than one and fewer than the replications
     */
    Optional<List<RecordedRun>> recording() {
        return section.find(SgdSection.RECORDING)
                .map(name -> enough(name, section.position(SgdSection.RECORDING), "tells one"));
    }

    /**
     * How fast the cores were in the recorded run of a replication, if the section names one.
     *
     * @throws ScenarioException if it cannot be read, or tells no speeds
     */
    Optional<CoreSpeeds> cores(int replication) {
        return section.find(SgdSection.CORE_SPEEDS).map(name -> {
            Position position = section.position(SgdSection.CORE_SPEEDS);
            List<RecordedRun> runs = enough(name, position, "has the cores of one");
            RecordedRun run = runs.get(runs.size() == 1 ? 0 : replication);
            if (run.workers() != workers()) {
                throw new ScenarioException(trainyard.scenario.source.Problem.at(
                        position,
                        Kind.VALUE,
                        Wording.counted(run.workers(), "worker") + " were recorded, and there are " + workers(),
                        "write workers: " + run.workers()));
            }
            return run.coreSpeeds()
                    .orElseThrow(() -> new ScenarioException(trainyard.scenario.source.Problem.at(
                            position,
                            Kind.VALUE,
                            "nobody looked at the cores while this was recorded",
                            "record it by trainyard measure with an sgd.machine that holds measurements of as many processes at"
                                    + " once")));
        });
    }

    private List<RecordedRun> enough(String name, Position position, String does) {
        List<RecordedRun> runs = runs(name, position);
        if (runs.size() > 1 && runs.size() < replications) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    position,
                    Kind.VALUE,
                    Wording.counted(runs.size(), "run") + " were recorded, and there are " + replications
                            + " replications, each of which " + does,
                    "write replications: " + runs.size() + ", or record more by trainyard measure --repeat "
                            + replications));
        }
        return runs;
    }

    private static List<RecordedRun> runs(String name, Position position) {
        try {
            return Recording.read(Path.of(position.source().name()).resolveSibling(name))
                    .runs();
        } catch (CsvException | InvalidPathException unreadable) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    position, Kind.DATA, unreadable.getMessage(), "trainyard measure records runs"));
        }
    }

    /** What is trained, as stated. */
    Values problemSection() {
        return section.get(SgdSection.PROBLEM);
    }

    /** What GPUs could do, where the scenario says what a gradient takes of it. */
    Optional<ModelFlops> peak() {
        return peak;
    }

    /** The loss that is to be reached. */
    OptionalDouble target() {
        return target(section);
    }

    private static OptionalDouble target(Values section) {
        return section.get(SgdSection.TARGET).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    OptionalDouble pricePerWorkerSecond() {
        return pricePerWorkerSecond;
    }

    int workers() {
        return design.workers().count();
    }

    double horizonSeconds() {
        return design.limits().seconds();
    }

    /** The problem of a replication. */
    Problem problem(RandomStreams streams) {
        return problems.apply(
                section.get(SgdSection.CHANCE) == SgdSection.Chance.TIMES ? streams.forReplication(0) : streams);
    }

    /** The design, without its learning rate where that is looked for. */
    TrainingDesign design() {
        return design;
    }

    /** The largest second derivative of the loss at the start of the first replication; empty where it has a kink there. */
    synchronized OptionalDouble curvature(RandomStreams streams) {
        if (!isCurvatureKnown) {
            Problem problem = problems.apply(streams.forReplication(0));
            LargestCurvature found = LargestCurvature.at(
                    problem, problem.start(), CURVATURE_EXAMPLES, CURVATURE_TOLERANCE, CURVATURE_PRODUCTS);
            curvature = found.isSmooth() ? OptionalDouble.of(found.value()) : OptionalDouble.empty();
            isCurvatureKnown = true;
        }
        return curvature;
    }

    /** The search for the learning rate; empty where it is stated. */
    synchronized Optional<RateSearch> search(RandomStreams streams) {
        Values optimizer = section.get(SgdSection.OPTIMIZER);
        if (search.isEmpty() && optimizer.get(SgdOptimizerSection.RATE).isEmpty()) {
            Values tuning = optimizer.get(SgdOptimizerSection.TUNING);
            TrainingDesign seldom = design.showing(SELDOM * design.showEverySeconds());
            TrainingDesign trial =
                    target().isPresent() ? seldom.withLimits(design.limits().until(target().getAsDouble())) : seldom;
            Trials trials = new Trials(
                    trial, problems, target(), streams, Math.toIntExact(tuning.get(SgdOptimizerSection.RUNS)));
            search = Optional.of(
                    RateSearch.of(SgdOptimizerSection.from(optimizer), SgdOptimizerSection.to(optimizer), trials::at));
        }
        return search;
    }

    /** The design with its learning rate. */
    TrainingDesign tuned(RandomStreams streams) {
        return search(streams)
                .map(found -> design.withRate(
                        design.recipe().rate().withBase(found.best().rate())))
                .orElse(design);
    }
}
