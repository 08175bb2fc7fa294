package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.stream.Collectors;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/**
 * A table whose runs cannot be played; every row is listed with the reason.
 *
 * @param columns by which it is known
 * @param names columns that name a row
 * @param reason why
 */
record UnplayedTable(List<String> columns, List<String> names, String reason) implements PeerTable {

    @Override
    public String id(CsvRow row) {
        return names.stream().map(row::requiredText).collect(Collectors.joining(" "));
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        throw RowSkipped.notBuilt(reason);
    }
}
