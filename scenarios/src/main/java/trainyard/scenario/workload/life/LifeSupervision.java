package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.faults.analytic.GossipDetector;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.HeartbeatWatch;
import trainyard.faults.detect.LayeredDetector;
import trainyard.faults.detect.PhiAccrualWatch;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.detect.SwimWatch;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.CommSection;
import trainyard.scenario.section.life.LifeDetectorSection;
import trainyard.scenario.section.life.LifeSection;
import trainyard.scenario.section.life.NodeWatchSection;
import trainyard.scenario.section.life.RecoverySection;
import trainyard.scenario.section.life.RestartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Who watches the job of a section {@code life} and starts it again. */
final class LifeSupervision {

    private LifeSupervision() {}

    /**
     * @param nodes nodes of the cluster, which watch each other with SWIM
     * @throws ScenarioException if nodes are watched in two ways or hangs are noticed after two times
     */
    static Supervision bind(Values life, RecoveryTimes times, int nodes) {
        Values recovery = life.get(LifeSection.RECOVERY);
        List<Detector> inOrder = new ArrayList<>();
        List<Detector> beside = new ArrayList<>();
        recovery.find(RecoverySection.DETECTOR).ifPresent(detector -> {
            nodeWatch(detector, nodes).ifPresent(inOrder::add);
            detector.find(LifeDetectorSection.TELEMETRY)
                    .map(LifeDetectorSection::telemetry)
                    .ifPresent(beside::add);
        });
        life.find(CommSection.COMM).ifPresent(comm -> {
            if (recovery.isWritten(RecoverySection.DETECT_HANG)) {
                throw new ScenarioException(Problem.at(
                        recovery.position(RecoverySection.DETECT_HANG),
                        Problem.Kind.KEY,
                        "detect-hang counts for nothing beside life.comm",
                        "drop it, or write comm.timeout"));
            }
            inOrder.add(CommSection.bind(comm));
        });
        StatedDetector stated =
                new StatedDetector(times.detectExplicit(), times.detectHang(), RecoverySection.detectSlow(recovery));
        boolean plain = inOrder.isEmpty() && beside.isEmpty();
        inOrder.add(stated);
        return new Supervision(
                plain ? stated : new LayeredDetector(inOrder, beside),
                RestartSection.bind(recovery.get(RecoverySection.RESTART)));
    }

    private static Optional<Detector> nodeWatch(Values section, int nodes) {
        Optional<Field<Values>> way = NodeWatchSection.way(section);
        return way.map(chosen -> {
            double period = section.get(NodeWatchSection.PERIOD);
            double loss = section.get(NodeWatchSection.LOSS);
            Values values = section.get(chosen);
            if (chosen.equals(NodeWatchSection.HEARTBEAT)) {
                int misses = Math.toIntExact(values.get(NodeWatchSection.MISSES));
                return new HeartbeatWatch(new HeartbeatDetector(period, misses, loss));
            }
            if (chosen.equals(NodeWatchSection.PHI_ACCRUAL) && loss > 0) {
                throw new ScenarioException(Problem.at(
                        section.position(NodeWatchSection.LOSS),
                        Problem.Kind.KEY,
                        "phi accrual in a life knows no lost heartbeats",
                        "drop loss, or study it under detector"));
            }
            return chosen.equals(NodeWatchSection.SWIM)
                    ? swim(values, period, loss, nodes)
                    : new PhiAccrualWatch(
                            period, values.get(NodeWatchSection.JITTER), values.get(NodeWatchSection.PHI));
        });
    }

    private static SwimWatch swim(Values values, double period, double loss, int nodes) {
        int indirect = Math.toIntExact(values.get(NodeWatchSection.INDIRECT));
        return new SwimWatch(
                new GossipDetector(Math.max(2, nodes), period, indirect, loss), values.get(NodeWatchSection.SUSPICION));
    }
}
