create table users (
  name varchar primary key,
  full_name varchar not null,
  email varchar,
  member_since date not null
);

create table posts (
  author varchar not null references users on delete cascade,
  slug varchar not null,
  title varchar not null,
  content varchar not null,
  written_at timestamp with time zone not null,
  number bigint not null,
  primary key (author, slug)
);

create sequence post_numbers;

create sequence pet_numbers start with 1001;

-- What there is to say about a pet depends on its species, so it is kept as JSON of the document's schema PetInput. The columns beside it are
-- what the database has to know: who is whose, and that no two pets carry one transponder.
create table pets (
  id bigint primary key,
  version integer not null,
  created_at timestamp with time zone not null,
  description text not null,
  owner varchar references users,
  chip varchar unique
);

create index pets_by_owner on pets (owner);

create table photos (
  pet bigint not null references pets on delete cascade,
  number integer not null,
  media_type varchar not null,
  content octets not null,
  rotation integer not null,
  caption varchar,
  taken_at varchar,
  taken_by varchar,
  primary key (pet, number)
);

create table avatars (
  pet bigint primary key references pets on delete cascade,
  content octets not null
);

-- Applications stay when the applicant leaves, hence no reference to users.
create table adoptions (
  pet bigint primary key references pets on delete cascade,
  applicant varchar not null,
  household varchar not null,
  signature octets,
  received_at timestamp with time zone not null
);
