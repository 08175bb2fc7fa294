package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Setting;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/**
 * What a source measured.
 *
 * @param metric the metric
 * @param value in the metric's base unit, not 0
 * @param source who says so
 */
public record Published(Metric metric, double value, String source) {

    /**
     * The figures that a scenario states for a cell.
     *
     * @throws ScenarioException if a metric is unknown or a value has the wrong unit
     */
    public static List<Published> all(Study study, Cell cell) {
        List<Published> figures = new ArrayList<>();
        Map<String, Setting<String>> stated =
                study.values(cell).find(ScenarioSection.PUBLISHED).orElse(Map.of());
        stated.forEach((name, setting) -> figures.add(parse(study, name, setting)));
        return List.copyOf(figures);
    }

    /** What a scenario states of a metric for a cell. */
    public static Optional<Published> of(Study study, Cell cell, Metric metric) {
        return all(study, cell).stream()
                .filter(figure -> figure.metric().equals(metric))
                .findFirst();
    }

    private static Published parse(Study study, String name, Setting<String> setting) {
        Position position = setting.position().orElseThrow();
        Metric metric =
                MetricPath.find(name, study.metrics(), setting.keyPosition().orElse(position));
        try {
            double value = Units.value(setting.value(), metric.dimension());
            if (value == 0) {
                throw new ScenarioException(Problem.at(
                        position, Problem.Kind.VALUE, "a published value of 0 has no relative error", "drop it"));
            }
            return new Published(metric, value, setting.source());
        } catch (UnitException wrong) {
            throw new ScenarioException(Problem.at(position, Problem.Kind.UNIT, wrong.problem(), wrong.fix()));
        }
    }

    /** Relative error of a simulated value: positive when it is too large. */
    public double error(double simulated) {
        return simulated / value - 1;
    }
}
