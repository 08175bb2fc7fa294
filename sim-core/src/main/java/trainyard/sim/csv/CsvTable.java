package trainyard.sim.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.sim.hash.Sha256;

/**
 * A CSV table held in memory: UTF-8, RFC 4180 quoting, one header line, cells between commas, or between semicolons, tabs or
 * bars where the header line has more of them. Every row must have as many cells as the header. Blanks around names and cells
 * do not count.
 */
public final class CsvTable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final String file;
    private final List<String> header;
    private final List<CsvRow> rows;
    private final String sha256;

    private CsvTable(String file, List<String> header, List<CsvRow> rows, String sha256) {
        this.file = file;
        this.header = List.copyOf(header);
        this.rows = List.copyOf(rows);
        this.sha256 = sha256;
    }

    /**
     * @throws CsvException if the file is missing, is not UTF-8 text, or is not a regular table
     */
    public static CsvTable read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return parse(path.toString(), in);
        } catch (NoSuchFileException e) {
            throw new CsvException(path + ": there is no such file", e);
        } catch (IOException e) {
            throw new CsvException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a resource that lies beside a class.
     *
     * @throws CsvException if there is no such resource, or it is not a regular table
     */
    public static CsvTable resource(Class<?> anchor, String name) {
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new CsvException(name + ": no such resource beside " + anchor.getName());
            }
            return parse(name, in);
        } catch (IOException e) {
            throw new CsvException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a table from a stream.
     *
     * @param file name for messages
     * @throws CsvException if it is not UTF-8 text or not a regular table
     */
    public static CsvTable read(String file, InputStream in) throws IOException {
        return parse(file, in);
    }

    /**
     * Reads a table without a header line, whose cells stand between commas.
     *
     * @param file name for messages
     * @param columns names of the cells of each row
     * @throws CsvException if it is not UTF-8 text, or a row has another number of cells
     */
    public static CsvTable headless(String file, InputStream in, String... columns) throws IOException {
        return parse(file, in, List.of(columns));
    }

    /**
     * Reads a table in which a row of another number of cells than the header is no error until one of its cells is read, so
     * that a reader may pass over it.
     *
     * @param file name for messages
     * @throws CsvException if it is not UTF-8 text, not CSV, or has no header line
     */
    public static CsvTable readRagged(String file, InputStream in) throws IOException {
        return parse(file, in, List.of(), true);
    }

    private static CsvTable parse(String file, InputStream in) throws IOException {
        return parse(file, in, List.of());
    }

    private static CsvTable parse(String file, InputStream in, List<String> known) throws IOException {
        return parse(file, in, known, false);
    }

    private static CsvTable parse(String file, InputStream in, List<String> known, boolean ragged) throws IOException {
        InputStream marked = new BufferedInputStream(in);
        char separator = known.isEmpty() ? HeaderSeparator.of(marked) : ',';
        DigestInputStream bytes = Sha256.reading(marked);
        Reader text = unmarked(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), file);
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false)
                .ofCsvRecord(text)) {
            return collect(file, records, known, ragged, separator, bytes);
        } catch (CsvParseException e) {
            throw new CsvException(file + ":" + line(e) + ": " + rootMessage(e), e);
        } catch (UncheckedIOException e) {
            throw new CsvException(file + ":" + line(e) + ": " + rootMessage(e), e);
        }
    }

    /** The line that the parser names, or the first where it names none. */
    private static String line(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Matcher named = LINE.matcher(String.valueOf(t.getMessage()));
            if (named.find()) {
                return named.group(1);
            }
        }
        return "1";
    }

    private static String rootMessage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CharacterCodingException) {
                return "not UTF-8 text";
            }
        }
        return "not a CSV table: " + failure.getMessage();
    }

    private static CsvTable collect(
            String file,
            CsvReader<CsvRecord> records,
            List<String> known,
            boolean ragged,
            char separator,
            DigestInputStream bytes) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<String> header = known.isEmpty() ? known : index(file, 1, known, columns);
        List<CsvRow> rows = new ArrayList<>();
        for (CsvRecord record : records) {
            long line = record.getStartingLineNumber();
            if (header.isEmpty()) {
                header = index(file, line, record.getFields(), columns);
            } else if (record.getFieldCount() != header.size()) {
                String wrong = record.getFieldCount() + " cells where "
                        + (known.isEmpty() ? "the header has " + header.size() : header.size() + " are expected")
                        + (separator == ',' ? "" : ", separated by " + HeaderSeparator.name(separator));
                if (!ragged) {
                    throw new CsvException(file + ":" + line + ": " + wrong);
                }
                rows.add(CsvRow.broken(file, line, columns, wrong));
            } else {
                rows.add(new CsvRow(file, line, columns, record.getFields()));
            }
        }
        if (header.isEmpty()) {
            throw new CsvException(file + ":1: empty, expected a header line");
        }
        return new CsvTable(file, header, rows, Sha256.of(bytes.getMessageDigest()));
    }

    /** Spreadsheets put a byte-order mark before the first cell, or before its quote. */
    private static Reader unmarked(Reader text, String file) throws IOException {
        PushbackReader unmarked = new PushbackReader(text);
        try {
            int first = unmarked.read();
            if (first >= 0 && first != BYTE_ORDER_MARK) {
                unmarked.unread(first);
            }
        } catch (CharacterCodingException notText) {
            throw new CsvException(file + ":1: not UTF-8 text", notText);
        }
        return unmarked;
    }

    private static List<String> index(String file, long line, List<String> cells, Map<String, Integer> columns) {
        for (int i = 0; i < cells.size(); i++) {
            String column = cells.get(i).strip();
            if (columns.put(column, i) != null) {
                throw new CsvException(file + ":" + line + ": column " + CsvException.shown(column) + " appears twice");
            }
        }
        return List.copyOf(columns.keySet());
    }

    /** File name as given, for messages. */
    public String file() {
        return file;
    }

    public List<String> header() {
        return header;
    }

    public List<CsvRow> rows() {
        return rows;
    }

    /** SHA-256 of the bytes that were read. */
    public String sha256() {
        return sha256;
    }

    /**
     * @return this table
     * @throws CsvException if one of the columns is missing; the message names it
     */
    public CsvTable require(String... columns) {
        for (String column : columns) {
            if (!header.contains(column)) {
                throw CsvException.ofMissing(file, column, header);
            }
        }
        return this;
    }
}
