package trainyard.scenario.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Problems;
import trainyard.scenario.workload.metric.Metric;

/**
 * A kind of study: the section at the top of a scenario that asks for it, and what it comes to. A scenario is of exactly
 * one kind.
 */
public interface WorkloadKind {

    /** Its section at the top of a scenario. */
    Field<Values> section();

    /** Other sections at the top without which it cannot run, such as the machines. */
    default List<Field<Values>> needs() {
        return List.of();
    }

    /** Other sections at the top that it reads where they are written. */
    default List<Field<Values>> reads() {
        return List.of();
    }

    /** Reports what contradicts itself across sections; each section has been read and all that is needed is there. */
    default void check(Values scenario, Problems problems) {}

    /** The numbers that it may yield, the headline's default first. */
    List<Metric> metrics();

    /** The numbers that one scenario may yield; more than those of every one where they depend on names that it chooses. */
    default List<Metric> metrics(Values scenario) {
        return metrics();
    }

    /** Metrics of one scenario of which others are the parts that add up to them, for explanations. */
    default Map<Metric, List<Metric>> sums(Values scenario) {
        return Map.of();
    }

    /**
     * Binds the values of one cell.
     *
     * @param scenario the values as the cell sees them
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    BoundWorkload bind(Values scenario, Simulators simulators);

    /** Replications that a quick run keeps at most; 1 where they carry no randomness, or one alone says enough. */
    default int quickReplications() {
        return 1;
    }

    /** What a quick run changes besides, where a cell takes long before its first replication. */
    default List<Assignment> quickChanges(Values scenario) {
        return List.of();
    }

    /** What a reader should know of numbers that one run alone gives and no replication varies; empty where there is nothing. */
    default Optional<String> remarkOnOneRun(Values scenario) {
        return Optional.empty();
    }

    /** Metrics that measure one thing in several ways and may name different designs; empty where there are none. */
    default List<Metric> views() {
        return List.of();
    }

    /**
     * What none of some runs did, so that a metric of theirs says nothing, such as {@code reaches the target within the horizon}; empty
     * where it says something.
     */
    default Optional<String> undone(Metric metric, List<Outcome> outcomes) {
        return Optional.empty();
    }

    /**
     * What to state in place of a metric that no run has a value of, since all came to nothing; empty where there is no such
     * reason, and the metric is a wrong choice.
     */
    default Optional<Metric> instead(List<Outcome> outcomes) {
        return Optional.empty();
    }

    /** What it may have over time within one replication. */
    default List<Metric> series() {
        return List.of();
    }

    /** What it may have many values of within one replication. */
    default List<Metric> samples() {
        return List.of();
    }

    /** What one scenario may have many values of within one replication. */
    default List<Metric> samples(Values scenario) {
        return samples();
    }

    /** Metric of each state by its label, the wanted state first; their shares of the GPU time sum to 1. Empty: no states. */
    default Map<String, Metric> states() {
        return Map.of();
    }

    /** The same, the wanted state divided by what a step of it does; no other where it is not divided. */
    default Map<String, Metric> dividedStates() {
        return states();
    }

    /** Whether waterfall and Gantt chart show one step of a job; else they show what states take and lanes over time. */
    default boolean showsStep() {
        return false;
    }

    /** Figures of one cell that fit where the scenario asks for none, beside tables and the step in detail. */
    default List<ChartSection.Kind> figures() {
        return List.of();
    }

    /** Keys of those figures, as an entry of {@code report.charts} writes them; empty where each says by itself what suits it. */
    default Map<String, String> figureKeys() {
        return Map.of();
    }
}
