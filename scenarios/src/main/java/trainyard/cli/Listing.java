package trainyard.cli;

import java.util.List;

/**
 * A table of words.
 *
 * @param columns headings
 * @param rows as many cells each
 */
record Listing(List<String> columns, List<List<String>> rows) {

    Listing {
        columns = List.copyOf(columns);
        rows = rows.stream().<List<String>>map(List::copyOf).toList();
    }

    /** Columns in line, headings first where there are any. */
    String text() {
        StringBuilder out = new StringBuilder();
        if (!String.join("", columns).isEmpty()) {
            append(out, columns);
        }
        rows.forEach(row -> append(out, row));
        return out.toString();
    }

    private void append(StringBuilder out, List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int width = width(i);
            line.append(row.get(i));
            line.append(" ".repeat(Math.max(0, width - row.get(i).length()) + 2));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = columns.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
