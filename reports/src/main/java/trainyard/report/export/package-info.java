/**
 * The files beside the page: tidy CSV, JSON, a timeline for trace viewers and the manifest. The same report gives the same
 * bytes; only the manifest carries facts about the machine, and only under a key of their own.
 */
package trainyard.report.export;
