package trainyard.scenario.section.coordination;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.faults.coordination.election.ControlledJob;
import trainyard.faults.coordination.election.Controllers;
import trainyard.faults.coordination.election.Controllers.Delay;
import trainyard.faults.coordination.election.Controllers.LeaderOutage;
import trainyard.faults.coordination.election.Controllers.NetworkCut;
import trainyard.faults.coordination.election.Controllers.Quorum;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;

/** {@code controllers}: controllers of which one leads, their network, and the jobs that need them. */
public final class ControllersSection {

    private static final QuantityType TIME = QuantityType.positive(Dimension.DURATION);
    private static final QuantityType FROM_ZERO = QuantityType.of(Dimension.DURATION);

    public static final Field<Long> MEMBERS =
            Field.of("members", IntegerType.between(1, 101), "Controllers.").orElse("3");
    public static final Field<Double> HEARTBEAT = Field.of(
                    "heartbeat", TIME, "Time between two heartbeats of the leader.")
            .orElse("100 ms");
    public static final Field<Double> TIMEOUT_LOW = Field.of(
                    "timeout-low",
                    TIME,
                    "Least time without a heartbeat after which a member stands for election; each is drawn evenly from here"
                            + " to `timeout-high`. A leader that no majority answered for this long gives up.")
            .orElse("1 s");
    public static final Field<Double> TIMEOUT_HIGH =
            Field.of("timeout-high", TIME, "Most such time.").orElse("2 s");
    public static final Field<Quorum> QUORUM = Field.of(
                    "quorum",
                    ChoiceType.of("quorum", Quorum.class),
                    "What is enough to lead and to write: a `majority` of all members, or of those that are `reachable`, which"
                            + " is no quorum at all when the network is cut.")
            .orElse("majority");
    public static final Field<Boolean> STICKY_VOTES = Field.of(
                    "sticky-votes",
                    new FlagType(),
                    "Whether a member that hears a leader turns candidates down, so that one who does not hear it cannot"
                            + " depose it.")
            .orElse("false");
    public static final Field<Double> CHECKPOINT_EVERY = Field.of(
                    "checkpoint-every", TIME, "Time between two checkpoints that the leader has written.")
            .orElse("1 min");
    public static final Field<Double> HORIZON =
            Field.of("horizon", TIME, "How long they are watched.").orElse("20 min");

    private static final Field<Double> DELAY = Field.of(
                    "delay", TIME, "Mean time of a message between two controllers.")
            .orElse("1 ms");
    private static final Field<Double> DELAY_SPREAD = Field.of(
                    "spread", new NumberType(0, 10), "Coefficient of variation of that time, which is lognormal.")
            .orElse("0.5");
    private static final Field<Double> BURST_EVERY = Field.of(
                    "burst-every",
                    TIME,
                    "Time from one burst of training traffic to the next. Left out: the network is not shared.")
            .only(new Use("a `burst` above 0", List.of("burst"), (own, all) -> burst(own) > 0));
    private static final Field<Double> BURST = Field.of(
                    "burst", FROM_ZERO, "How long each burst lasts; a message that meets one waits for its end.")
            .orElse("0 s")
            .only(Use.beside(BURST_EVERY));
    public static final Field<Values> NETWORK = Field.of(
                    "network",
                    Section.of(
                            "controllers.network",
                            "The network between controllers.",
                            DELAY,
                            DELAY_SPREAD,
                            BURST_EVERY,
                            BURST),
                    "The network between controllers.")
            .orElse("");

    private static final Field<Double> OUTAGE_AT =
            Field.of("at", FROM_ZERO, "When.").asRequired();
    private static final Field<Double> OUTAGE_LASTS =
            Field.of("lasts", TIME, "For how long.").asRequired();
    private static final Field<Double> ADDED_DELAY =
            Field.of("added-delay", TIME, "What each message of the leader takes longer. Left out: it is down.");
    public static final Field<Values> OUTAGE = Field.of(
            "outage",
            Section.of(
                    "controllers.outage",
                    "The leader of the moment crashes or becomes slow.",
                    OUTAGE_AT,
                    OUTAGE_LASTS,
                    ADDED_DELAY),
            "What happens to the leader. Left out: nothing.");

    private static final Field<Double> CUT_AT =
            Field.of("at", FROM_ZERO, "When.").asRequired();
    private static final Field<Double> CUT_LASTS =
            Field.of("lasts", TIME, "For how long.").asRequired();
    private static final Field<Long> SMALLER = Field.of(
                    "smaller-side", IntegerType.between(1, 50), "Members of the smaller side.")
            .orElse("1");
    private static final Field<Long> BRIDGES = Field.of(
                    "bridges",
                    IntegerType.between(0, 50),
                    "Members of the larger side that both sides still reach: above 0 the cut is partial.")
            .orElse("0");
    private static final Field<Boolean> LEADER_IN_SMALLER = Field.of(
                    "leader-in-smaller", new FlagType(), "Whether the leader of the moment is in the smaller side.")
            .orElse("true");
    public static final Field<Values> CUT = Field.of(
            "cut",
            Section.of(
                    "controllers.cut",
                    "The network falls into two sides.",
                    CUT_AT,
                    CUT_LASTS,
                    SMALLER,
                    BRIDGES,
                    LEADER_IN_SMALLER),
            "How the network is cut. Left out: it is not.");

    private static final Field<Boolean> ASKS_EACH_STEP = Field.of(
                    "asks-each-step",
                    new FlagType(),
                    "Whether the running job asks the leader before each step; if not, it needs no controller to go on.")
            .orElse("false");
    private static final Field<Double> STEP_TIME = Field.of("step-time", TIME, "Time of a step of the running job.")
            .orElse("5 s")
            .only(Use.with("asks-each-step", "true"));
    private static final Field<Double> SUBMIT_EVERY = Field.of(
                    "submit-every", TIME, "Time between two new jobs, which a leader has to start.")
            .orElse("10 s");
    private static final Field<Double> PLACE_TIME = Field.of(
                    "place-time",
                    FROM_ZERO,
                    "Time that the leader takes to place a new job, beside the messages; it places one after the other. 0 s: placing takes"
                            + " no time and no message.")
            .orElse("0 s");
    public static final Field<Values> JOBS = Field.of(
                    "jobs",
                    Section.of(
                            "controllers.jobs",
                            "A running job and new ones.",
                            ASKS_EACH_STEP,
                            STEP_TIME,
                            SUBMIT_EVERY,
                            PLACE_TIME),
                    "A running job and new ones.")
            .orElse("");

    public static final Section SECTION = Section.of(
            "controllers",
            "Controllers of which one leads, as in Raft: who leads when one crashes, is slow, or is cut off.",
            MEMBERS,
            HEARTBEAT,
            TIMEOUT_LOW,
            TIMEOUT_HIGH,
            QUORUM,
            STICKY_VOTES,
            CHECKPOINT_EVERY,
            NETWORK,
            OUTAGE,
            CUT,
            JOBS,
            HORIZON);

    private ControllersSection() {}

    /**
     * The controllers.
     *
     * @throws ScenarioException if timeouts or sides contradict each other
     */
    public static Controllers bind(Values values) {
        if (values.get(HEARTBEAT) >= values.get(TIMEOUT_LOW)) {
            throw new ScenarioException(Problem.at(
                    values.position(HEARTBEAT),
                    Problem.Kind.VALUE,
                    "a heartbeat comes no sooner than timeout-low ends, so each leader is deposed before it is heard",
                    "make it several times shorter than timeout-low"));
        }
        if (values.get(TIMEOUT_LOW) > values.get(TIMEOUT_HIGH)) {
            throw new ScenarioException(Problem.at(
                    values.position(TIMEOUT_LOW),
                    Problem.Kind.VALUE,
                    "timeout-low is above timeout-high",
                    "lower it, or raise timeout-high"));
        }
        int members = Math.toIntExact(values.get(MEMBERS));
        return new Controllers(
                members,
                values.get(HEARTBEAT),
                values.get(TIMEOUT_LOW),
                values.get(TIMEOUT_HIGH),
                delay(values.get(NETWORK)),
                values.get(QUORUM),
                values.get(STICKY_VOTES),
                values.get(CHECKPOINT_EVERY),
                values.find(OUTAGE).map(outage -> outage(within(outage, OUTAGE_AT, values))),
                values.find(CUT).map(cut -> cut(within(cut, CUT_AT, values), members)),
                values.get(HORIZON));
    }

    /** A section of what happens at a time, which has to lie before the end. */
    private static Values within(Values happens, Field<Double> at, Values controllers) {
        if (happens.get(at) >= controllers.get(HORIZON)) {
            throw new ScenarioException(Problem.at(
                    happens.position(at),
                    Problem.Kind.VALUE,
                    "this is not before the end of the watch, the horizon",
                    "make it earlier, or the horizon longer"));
        }
        return happens;
    }

    /** The jobs that need the controllers. */
    public static ControlledJob job(Values values) {
        Values jobs = values.get(JOBS);
        return new ControlledJob(
                jobs.get(ASKS_EACH_STEP), jobs.get(STEP_TIME), jobs.get(SUBMIT_EVERY), jobs.get(PLACE_TIME));
    }

    private static double burst(Values network) {
        return network.get(BURST);
    }

    private static Delay delay(Values network) {
        Optional<Double> every = network.find(BURST_EVERY);
        double burst = network.get(BURST);
        if (every.isPresent() && burst >= every.get()) {
            throw new ScenarioException(Problem.at(
                    network.position(BURST),
                    Problem.Kind.VALUE,
                    "a burst lasts as long as the time to the next",
                    "make it shorter than burst-every"));
        }
        OptionalDouble between = ProcessesSection.optional(every);
        return new Delay(network.get(DELAY), network.get(DELAY_SPREAD), between, burst);
    }

    private static LeaderOutage outage(Values outage) {
        return new LeaderOutage(
                outage.get(OUTAGE_AT), outage.get(OUTAGE_LASTS), ProcessesSection.optional(outage.find(ADDED_DELAY)));
    }

    private static NetworkCut cut(Values cut, int members) {
        int smaller = Math.toIntExact(cut.get(SMALLER));
        int bridges = Math.toIntExact(cut.get(BRIDGES));
        if (2 * smaller > members || smaller + bridges > members) {
            throw new ScenarioException(Problem.at(
                    cut.position(SMALLER),
                    Problem.Kind.VALUE,
                    "the smaller side has " + smaller + " and " + bridges + " bridge both, of " + members + " members",
                    "at most " + members / 2 + " in the smaller side"));
        }
        return new NetworkCut(cut.get(CUT_AT), cut.get(CUT_LASTS), smaller, bridges, cut.get(LEADER_IN_SMALLER));
    }
}
