package trainyard.scenario.verify.faults;

import java.util.List;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.faults.fact.FactRows;
import trainyard.scenario.verify.faults.simulation.RowSimulation;
import trainyard.sim.csv.CsvRow;

/** Scores rows about failures, checkpoints and recovery. Knows tables of closed forms and tables of facts. */
public final class FaultsSuite implements Suite {

    private final RowSimulation simulation;
    private final ClosedFormRows closedForms;
    private final FactRows facts;

    private final long seed;

    private FaultsSuite(RowSimulation simulation, TraceFolder traces, long seed) {
        this.simulation = simulation;
        this.seed = seed;
        this.closedForms = new ClosedFormRows(simulation);
        this.facts = new FactRows(traces, seed);
    }

    /**
     * With the traces shipped with the product.
     *
     * @param simulation simulates the closed forms that ask for it
     * @param seed of the facts that are simulated
     */
    public FaultsSuite(RowSimulation simulation, long seed) {
        this(simulation, TraceFolder.shipped(), seed);
    }

    /** The same suite, which looks for traces in a folder first. */
    public FaultsSuite with(TraceFolder traces) {
        return new FaultsSuite(simulation, traces.or(TraceFolder.shipped()), seed);
    }

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String shippedFolder() {
        return "faults";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(ClosedFormRows.COLUMNS, FactRows.TABLE.columns());
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return row.has("family") ? closedForms.score(row) : List.of(facts.score(row));
    }
}
