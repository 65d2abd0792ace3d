/**
 * Named types of single values. For the compiler they are texts and numbers; their tags become JSON Schema, by
 * which values are checked when they are given.
 */

/** RFC 1123 label: 1 to 63 lower-case letters, digits or '-'. @format dns-label */
export type DnsLabel = string;

/** RFC 1123 subdomain: DNS labels with '.' between. @format dns-subdomain */
export type DnsSubdomain = string;

/** Day, `2026-12-31`. @format day */
export type Day = string;

/** Id of a proof, or of a risk of a change. @format rule-id */
export type RuleId = string;

/** Month, `2026-12`. @format month */
export type Month = string;

/** RFC 1035 label, as services are called: it begins with a letter. @format service-name */
export type ServiceName = string;

/** Value of an environment variable. @errorMessage must be a text; quote it */
export type VariableValue = string;

/** Address before names of files, without user, query and a slash at its end. @format url-prefix */
export type UrlPrefix = string;

/** Value of a label of Kubernetes. @format label-value */
export type LabelValue = string;

/** Text for people in an annotation, which may hold 256 KiB with all others. @maxLength 1000 */
export type AnnotationText = string;

/** Name of a group of the cluster's identity provider. @format group-name */
export type GroupName = string;

/** Beginning of images: a registry with whole parts of a path. @format image-prefix */
export type ImagePrefix = string;

/** Path of HTTP, from '/' on. @format url-path */
export type UrlPath = string;

/** IPv4 or IPv6 address, without a prefix. @format ip-address */
export type IpAddress = string;

/** Extended resource, `domain/name`. @format extended-resource */
export type ExtendedResource = string;

/**
 * What somebody decided, for others to read.
 * @pattern \S
 * @errorMessage must say why; add it
 */
export type Reason = string;

/** Whole number of 0 or more. @asType integer @minimum 0 */
export type Count = number;

/** Whole number of 1 or more. @asType integer @minimum 1 */
export type PositiveCount = number;

/** Number above 0. @exclusiveMinimum 0 */
export type PositiveNumber = number;

/** Number above 0 and at most 1. @exclusiveMinimum 0 @maximum 1 */
export type Ratio = number;

/** TCP port. @asType integer @minimum 1 @maximum 65535 */
export type Port = number;

/** Seconds that a request may take. @asType integer @minimum 1 @maximum 7200 */
export type RequestSeconds = number;
