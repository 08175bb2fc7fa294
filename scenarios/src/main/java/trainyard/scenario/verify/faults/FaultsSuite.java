package trainyard.scenario.verify.faults;

import java.util.List;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.sim.csv.CsvRow;

/** Scores rows about failures, checkpoints and recovery. Knows tables of closed forms and tables of facts. */
public final class FaultsSuite implements Suite {

    private final RowSimulation simulation;
    private final ClosedFormRows closedForms;
    private final FactRows facts;

    private FaultsSuite(RowSimulation simulation, TraceFolder traces) {
        this.simulation = simulation;
        this.closedForms = new ClosedFormRows(simulation);
        this.facts = new FactRows(traces);
    }

    /**
     * With the traces shipped with the product.
     *
     * @param simulation simulates the rows that ask for it
     */
    public FaultsSuite(RowSimulation simulation) {
        this(simulation, TraceFolder.shipped());
    }

    /** The same suite, which looks for traces in a folder first. */
    public FaultsSuite with(TraceFolder traces) {
        return new FaultsSuite(simulation, traces.or(TraceFolder.shipped()));
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
    public boolean accepts(List<String> header) {
        return ClosedFormRows.accepts(header) || FactRows.accepts(header);
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return row.has("family") ? closedForms.score(row) : List.of(facts.score(row));
    }
}
