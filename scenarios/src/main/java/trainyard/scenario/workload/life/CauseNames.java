package trainyard.scenario.workload.life;

import java.util.List;
import java.util.Map;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.life.LifeDetectorSection;
import trainyard.scenario.section.life.RecoverySection;
import trainyard.scenario.section.life.RestartSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Refuses rules for causes that a life does not have, which would never be applied. */
final class CauseNames {

    private final List<String> known;

    private CauseNames(FaultModel faults) {
        known = faults.causes().stream().map(FaultCause::name).toList();
    }

    /**
     * @throws ScenarioException if a rule names no cause; those of a trace are not known by name
     */
    static void check(Values recovery, FaultModel faults) {
        if (faults.replay().isPresent()) {
            return;
        }
        CauseNames names = new CauseNames(faults);
        Values restart = recovery.get(RecoverySection.RESTART);
        restart.find(RestartSection.FINAL_CAUSES)
                .ifPresent(causes ->
                        causes.forEach(name -> names.require(name, restart.position(RestartSection.FINAL_CAUSES))));
        recovery.find(RecoverySection.DETECTOR)
                .flatMap(detector -> detector.find(LifeDetectorSection.TELEMETRY))
                .flatMap(telemetry -> telemetry.find(LifeDetectorSection.RULES))
                .ifPresent(names::requireAll);
    }

    private void requireAll(Map<String, Setting<Values>> rules) {
        rules.forEach((name, rule) ->
                require(name, rule.keyPosition().orElse(rule.value().position())));
    }

    private void require(String name, Position position) {
        if (!known.contains(name)) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.VALUE,
                    "life.faults has no cause '" + name + "'",
                    Nearest.hint(name, known),
                    "causes: " + String.join(" ", known)));
        }
    }
}
