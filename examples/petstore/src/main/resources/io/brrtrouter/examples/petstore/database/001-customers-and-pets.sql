create table users (
  name sortable primary key,
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

-- What there is to say about a pet depends on its species, so it is kept as JSON of the document's schema PetInput. The
-- columns beside it are what the database has to know: who is whose, that no two pets carry one transponder, and what
-- pets are looked for and sorted by.
create table pets (
  id bigint primary key,
  version integer not null,
  created_at timestamp with time zone not null,
  description text not null,
  species varchar not null,
  status varchar not null,
  price decimal(11, 2) not null,
  name sortable not null,
  folded_name varchar not null,
  color varchar,
  birth_date date,
  owner varchar references users,
  chip varchar unique
);

create index pets_by_status on pets (status);

create index pets_by_owner on pets (owner);

create table pet_tags (
  pet bigint not null references pets on delete cascade,
  tag varchar not null,
  primary key (pet, tag)
);

create index pet_tags_by_tag on pet_tags (tag);

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
