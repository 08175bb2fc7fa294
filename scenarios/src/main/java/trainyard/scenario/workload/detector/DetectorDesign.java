package trainyard.scenario.workload.detector;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import trainyard.faults.analytic.GossipDetector;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.detect.DetectorOutcome;
import trainyard.faults.detect.HeartbeatSimulation;
import trainyard.faults.detect.PhiAccrualSimulation;
import trainyard.faults.detect.SwimSimulation;
import trainyard.faults.detect.Watch;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.life.DetectorSection;
import trainyard.scenario.section.life.NodeWatchSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * The section {@code detector} as a simulation with its closed forms.
 *
 * @param nodes nodes under watch
 * @param simulation one replication
 * @param detectionSeconds closed form of the mean detection time; empty where there is none
 * @param falseAlarmsPerSecond closed form of the false alarms of all nodes; empty where there is none
 */
record DetectorDesign(
        int nodes,
        Function<RandomStreams, DetectorOutcome> simulation,
        OptionalDouble detectionSeconds,
        OptionalDouble falseAlarmsPerSecond) {

    /** Messages of one replication that are simulated one by one. */
    private static final double MOST_MESSAGES = 2e8;

    /** Pieces of news that nodes pass on in one replication. */
    private static final double MOST_NEWS = 5e8;

    private static final double MOST_SECONDS = 50.0 * 365 * 24 * 3600;

    /**
     * @throws ScenarioException if there is not exactly one way, or one replication would take too long
     */
    static DetectorDesign bind(Values section) {
        Field<Values> way = NodeWatchSection.way(section)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        section.position(),
                        Problem.Kind.KEY,
                        "no detector is named",
                        "write one of " + NodeWatchSection.ways())));
        requireShort(section);
        boolean heartbeat = way.equals(NodeWatchSection.HEARTBEAT);
        requireFew(section, heartbeat ? section.get(NodeWatchSection.LOSS) : 1);
        if (heartbeat) {
            return heartbeat(section, section.get(way));
        }
        return way.equals(NodeWatchSection.SWIM) ? swim(section, section.get(way)) : phi(section, section.get(way));
    }

    private static void requireShort(Values section) {
        if (section.get(DetectorSection.WATCH) > MOST_SECONDS) {
            throw new ScenarioException(Problem.at(
                    section.position(DetectorSection.WATCH),
                    Problem.Kind.VALUE,
                    "the watch is out of range",
                    "write at most 50 years"));
        }
    }

    /** The share of the messages that are simulated one by one is {@code simulated}. */
    private static void requireFew(Values section, double simulated) {
        double messages = simulated
                * section.get(DetectorSection.NODES)
                * section.get(DetectorSection.WATCH)
                / section.get(NodeWatchSection.PERIOD);
        if (messages > MOST_MESSAGES) {
            throw new ScenarioException(Problem.at(
                    section.position(DetectorSection.WATCH),
                    Problem.Kind.LIMIT,
                    String.format(Locale.ROOT, "a replication would take %.2g messages", messages),
                    "shorten watch, or lengthen period"));
        }
    }

    /** Each false suspicion is passed on by every node; where losses make many, the group does little else. */
    private static void requireFewNews(Values section, Watch watch, GossipDetector form) {
        double suspicions = SimTime.seconds(watch.nanos())
                / form.periodSeconds()
                * watch.nodes()
                * form.falseSuspicionProbability();
        double news = suspicions * watch.nodes() * SwimSimulation.passes(watch.nodes());
        if (news > MOST_NEWS) {
            throw new ScenarioException(Problem.at(
                    section.position(NodeWatchSection.LOSS),
                    Problem.Kind.LIMIT,
                    String.format(Locale.ROOT, "the nodes would pass on %.2g pieces of news of false suspicions", news),
                    "lower loss, raise swim.indirect, or shorten watch"));
        }
    }

    private static Watch watch(Values section) {
        return new Watch(
                Math.toIntExact(section.get(DetectorSection.NODES)),
                Math.toIntExact(section.get(DetectorSection.CRASHES)),
                SimTime.nanos(section.get(DetectorSection.WATCH)));
    }

    private static DetectorDesign heartbeat(Values section, Values heartbeat) {
        Watch watch = watch(section);
        double period = section.get(NodeWatchSection.PERIOD);
        int misses = Math.toIntExact(heartbeat.get(NodeWatchSection.MISSES));
        double loss = section.get(NodeWatchSection.LOSS);
        HeartbeatDetector form = new HeartbeatDetector(period, misses, loss);
        return new DetectorDesign(
                watch.nodes(),
                new HeartbeatSimulation(watch, SimTime.nanos(period), misses, loss)::run,
                OptionalDouble.of(form.meanDetectionSecondsAfterLosses()),
                OptionalDouble.of(watch.nodes() / form.meanSecondsBetweenFalseAlarms()));
    }

    /** Closed forms hold without loss; with it the history holds silences of several periods. */
    private static DetectorDesign phi(Values section, Values phi) {
        Watch watch = watch(section);
        double period = section.get(NodeWatchSection.PERIOD);
        double jitter = phi.get(NodeWatchSection.JITTER);
        double threshold = phi.get(NodeWatchSection.PHI);
        double loss = section.get(NodeWatchSection.LOSS);
        boolean exact = loss == 0;
        PhiAccrualSimulation simulation = new PhiAccrualSimulation(
                watch,
                SimTime.nanos(period),
                SimTime.nanos(jitter),
                threshold,
                Math.toIntExact(section.get(DetectorSection.WINDOW)),
                loss);
        return new DetectorDesign(
                watch.nodes(),
                simulation::run,
                exact
                        ? OptionalDouble.of(PhiAccrual.meanDetectionSeconds(period, jitter, threshold))
                        : OptionalDouble.empty(),
                exact
                        ? OptionalDouble.of(PhiAccrual.falseAlarmProbability(threshold) * watch.nodes() / period)
                        : OptionalDouble.empty());
    }

    /** What is left of false suspicions after the suspicion time has no closed form. */
    private static DetectorDesign swim(Values section, Values swim) {
        Watch watch = watch(section);
        double period = section.get(NodeWatchSection.PERIOD);
        int indirect = Math.toIntExact(swim.get(NodeWatchSection.INDIRECT));
        double suspicion = swim.get(NodeWatchSection.SUSPICION);
        double loss = section.get(NodeWatchSection.LOSS);
        GossipDetector form = new GossipDetector(watch.nodes(), period, indirect, loss);
        requireFewNews(section, watch, form);
        SwimSimulation simulation =
                new SwimSimulation(watch, SimTime.nanos(period), indirect, SimTime.nanos(suspicion), loss);
        return new DetectorDesign(
                watch.nodes(),
                simulation::run,
                OptionalDouble.of(form.meanSuspicionSeconds() + suspicion),
                OptionalDouble.empty());
    }
}
