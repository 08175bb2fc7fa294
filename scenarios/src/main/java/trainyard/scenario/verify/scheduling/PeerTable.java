package trainyard.scenario.verify.scheduling;

import java.util.List;
import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;

/** Scores the rows of one kind of table. */
interface PeerTable {

    /** Columns by which such a table is known. */
    List<String> columns();

    /** Name of a row. */
    String id(CsvRow row);

    /**
     * Scores a row.
     *
     * @throws trainyard.scenario.verify.RowSkipped if the trace is not at hand or the run cannot be reproduced
     */
    List<RowScore> score(CsvRow row, PeerData data);

    /**
     * Judges all rows of a table together, such as their mean error; nothing by default.
     *
     * @param scores of all its rows
     */
    default List<RowScore> overall(List<RowScore> scores) {
        return List.of();
    }
}
