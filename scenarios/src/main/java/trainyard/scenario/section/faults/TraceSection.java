package trainyard.scenario.section.faults;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Visibility;
import trainyard.faults.trace.CapacitySeries;
import trainyard.faults.trace.FailureLog;
import trainyard.faults.trace.InstanceCounts;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.NodeFaultTrace;
import trainyard.faults.trace.OutageTable;
import trainyard.faults.trace.OutageTrace;
import trainyard.faults.trace.ShippedTraces;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** {@code life.faults.trace}: recorded outages as faults. */
public final class TraceSection {

    /** Formats of traces. */
    enum Format {
        OUTAGES,
        NODE_FAULTS,
        FAILURE_LOG,
        MEMBERSHIP,
        COUNTS,
        CAPACITY
    }

    private static final double MILLISECONDS = 1e-3;
    private static final int MAX_NODES = 1_000_000;

    public static final Field<String> FILE = Field.of(
                    "file",
                    TextType.ANY,
                    "The trace, relative to the folder of the scenario; `.gz` is unpacked. One that Trainyard ships is"
                            + " `shipped:` and its path, such as `shipped:infinitehbd-stepfun-2024/fault_trace.json`.")
            .asRequired();
    public static final Field<Format> FORMAT = Field.of(
                    "format",
                    ChoiceType.of("format", Format.class),
                    "`outages`: a table with `node`, `start_h`, `end_h` and `cause`. `node-faults`: JSON events as StepFun"
                            + " published them. `failure-log`: the log of Los Alamos, see `system`. `membership`: rows"
                            + " `time_ms,add or remove,node` of spot instances. `counts`: rows `time_ms,instances`."
                            + " `capacity`: the JSON series of SkyPilot.")
            .asRequired();
    public static final Field<Long> NODES = Field.of(
            "nodes",
            IntegerType.of("nodes", 1, MAX_NODES),
            "Nodes of the recorded cluster, those that never failed included; needed by `outages` and `node-faults`.");
    public static final Field<Double> LENGTH = Field.of(
                    "length",
                    QuantityType.positive(Dimension.DURATION),
                    "Time that the record covers. A row without `end_h` is of a node that was not back by then. Left out: up"
                            + " to the last `end_h`.")
            .only(Use.with(FORMAT, Format.OUTAGES));
    public static final Field<Long> SYSTEM =
            Field.of("system", IntegerType.between(1, 1000), "Number of the cluster in a `failure-log`.");
    public static final Field<Optional<Double>> START = Field.of(
                    "start",
                    new AutoType<>(QuantityType.of(Dimension.DURATION)),
                    "Time of the trace at which each life begins. `auto`: drawn in each replication, and the trace begins"
                            + " again at its end.")
            .orElse("0 s");

    public static final Field<Double> NOTICE = Field.of(
                    "notice",
                    QuantityType.of(Dimension.DURATION),
                    "How long before it an outage is announced to the job, as clouds do before they take a spot instance (AWS: 2 min,"
                            + " Azure and Google Cloud: 30 s; their documentation, 2026). The job saves its state if that is done in"
                            + " time.")
            .orElse("0 s");

    public static final Section SECTION = Section.of(
            "life.faults.trace",
            "Recorded outages as faults, each at its time, for as long as it took. Which recorded node each node of the"
                    + " cluster stands for is drawn in each replication.",
            FILE,
            FORMAT,
            NODES,
            LENGTH,
            SYSTEM,
            NOTICE,
            START);

    private static final String SHIPPED = "shipped:";

    private TraceSection() {}

    /**
     * @throws ScenarioException if the trace cannot be read, or a key is missing or does not belong to its format
     */
    static FaultReplay bind(Values values) {
        Format format = values.get(FORMAT);
        requireKeys(values, format);
        Position position = values.position(FILE);
        TraceFile file = file(values, position);
        try {
            OutageTrace trace = read(values, format, file);
            return new FaultReplay(
                    trace,
                    start(values, trace),
                    Visibility.EXPLICIT,
                    new Provenance(Provenance.Kind.PUBLISHED, "trace " + values.get(FILE), ""),
                    values.get(NOTICE));
        } catch (TraceException damaged) {
            throw new ScenarioException(Problem.at(
                    position, Problem.Kind.DATA, damaged.getMessage(), "the format is " + ChoiceType.word(format)));
        }
    }

    private static void requireKeys(Values values, Format format) {
        boolean counted = format == Format.OUTAGES || format == Format.NODE_FAULTS;
        require(values, NODES, counted, format);
        require(values, SYSTEM, format == Format.FAILURE_LOG, format);
    }

    private static void require(Values values, Field<Long> field, boolean needed, Format format) {
        if (values.isWritten(field) != needed) {
            throw new ScenarioException(Problem.at(
                    values.position(needed ? FORMAT : field),
                    Problem.Kind.KEY,
                    "the format " + ChoiceType.word(format) + (needed ? " needs " : " has no ") + field.key(),
                    needed ? field.key() + ": a number" : "leave " + field.key() + " out"));
        }
    }

    private static TraceFile file(Values values, Position position) {
        String name = values.get(FILE);
        Optional<TraceFile> file = Optional.empty();
        if (name.startsWith(SHIPPED)) {
            file = TraceFolder.shipped().file(name.substring(SHIPPED.length()));
        } else {
            try {
                file = Optional.of(
                        TraceFile.of(Path.of(position.source().name()).resolveSibling(name)));
            } catch (InvalidPathException unreadable) {
                // Reported below like a file that is not there.
            }
        }
        return file.orElseThrow(() -> new ScenarioException(
                Problem.at(position, Problem.Kind.DATA, name + ": no such trace", hint(name), shippedTraces())));
    }

    private static String hint(String name) {
        return name.startsWith(SHIPPED)
                ? Nearest.hint(name.substring(SHIPPED.length()), ShippedTraces.NAMES)
                : "paths are relative to the scenario";
    }

    private static String shippedTraces() {
        return "shipped: " + String.join(" ", ShippedTraces.NAMES);
    }

    private static OutageTrace read(Values values, Format format, TraceFile file) {
        int nodes = Math.toIntExact(values.find(NODES).orElse(1L));
        return switch (format) {
            case OUTAGES -> OutageTable.read(file, nodes, length(values));
            case NODE_FAULTS -> OutageTrace.of(NodeFaultTrace.read(file), nodes, file.name());
            case FAILURE_LOG ->
                OutageTrace.of(
                        FailureLog.read(file),
                        Math.toIntExact(values.find(SYSTEM).orElse(1L)),
                        file.name());
            case MEMBERSHIP -> OutageTrace.of(MembershipTrace.read(file));
            case COUNTS -> OutageTrace.of(InstanceCounts.read(file, MILLISECONDS));
            case CAPACITY -> OutageTrace.of(CapacitySeries.read(file));
        };
    }

    private static OptionalDouble length(Values values) {
        return values.find(LENGTH).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private static OptionalDouble start(Values values, OutageTrace trace) {
        Optional<Double> start = values.get(START);
        if (start.filter(seconds -> seconds >= trace.spanSeconds()).isPresent()) {
            throw new ScenarioException(Problem.at(
                    values.position(START),
                    Problem.Kind.VALUE,
                    "the trace ends after " + Units.format(trace.spanSeconds(), Dimension.DURATION),
                    "write an earlier start"));
        }
        return start.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
